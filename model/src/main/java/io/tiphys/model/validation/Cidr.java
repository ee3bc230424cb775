package io.tiphys.model.validation;

import java.util.List;
import java.util.Optional;

/**
 * A block of IP addresses: {@code 10.96.0.0/16}. The address may have bits beyond the prefix, as in
 * an interface's {@code 10.0.0.5/24}; {@link #block} clears them.
 *
 * @param address within the block
 * @param prefixLength the bits that all of the block share: 0 to 32, or to 128 for IPv6
 */
public record Cidr(IpAddress address, int prefixLength) {

  public Cidr {
    if (prefixLength < 0 || prefixLength > address.bits()) {
      throw new IllegalArgumentException("no prefix length of " + address + ": " + prefixLength);
    }
  }

  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String length = text.substring(slash + 1);
    if (length.isEmpty()
        || length.length() > 9
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    boolean mapped = text.indexOf(':') >= 0;
    return IpAddress.parse(text.substring(0, slash))
        .flatMap(address -> {
          int own = mapped && address.isIpv4() ? bits - 96 : bits;
          return own >= 0 && own <= address.bits()
              ? Optional.of(new Cidr(address, own))
              : Optional.empty();
        });
  }

  /** What is wrong with a text that should be a CIDR; an empty list if nothing is. */
  public static List<String> check(String text) {
    return parse(text).isPresent()
        ? List.of()
        : List.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
  }

  /** The block itself, with its lowest address. */
  public Cidr block() {
    return new Cidr(address.masked(prefixLength), prefixLength);
  }

  public boolean contains(IpAddress other) {
    return other.bits() == address.bits()
        && other.masked(prefixLength).equals(address.masked(prefixLength));
  }

  /** Whether the two blocks share an address. */
  public boolean overlaps(Cidr other) {
    return prefixLength <= other.prefixLength ? contains(other.address) : other.contains(address);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
