package io.tiphys.apiserver.allocation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses in CIDR notation. Hosts are counted from 1; the network address is none, and
 * neither is IPv4's broadcast address.
 */
public final class IpRange {
  /** Of larger ranges only the first addresses are used: more than any cluster has services. */
  private static final int MAX_HOST_BITS = 20;

  private final String text;
  private final BigInteger network;
  private final int addressBits;
  private final int hostBits;

  private IpRange(String text, byte[] address, int prefix) {
    this.text = text;
    this.addressBits = address.length * 8;
    this.hostBits = addressBits - prefix;
    this.network = new BigInteger(1, address).shiftRight(hostBits).shiftLeft(hostBits);
  }

  /**
   * @throws IllegalArgumentException if the text is no CIDR with room for at least two hosts
   */
  public static IpRange parse(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      byte[] address = InetAddress.ofLiteral(cidr.substring(0, Math.max(0, slash))).getAddress();
      int prefix = Integer.parseInt(cidr.substring(slash + 1));
      if (slash < 0 || prefix < 0 || prefix > address.length * 8 - 2) {
        throw new IllegalArgumentException();
      }
      return new IpRange(cidr, address, prefix);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + cidr + "\" is no address range; write it like 10.96.0.0/16 or fd00:96::/108", e);
    }
  }

  public IpFamily family() {
    return addressBits == 32 ? IpFamily.IPv4 : IpFamily.IPv6;
  }

  /** How many addresses may be given out; the first is 1. */
  long hosts() {
    long all = 1L << Math.min(hostBits, MAX_HOST_BITS);
    return addressBits == 32 && hostBits <= MAX_HOST_BITS ? all - 2 : all - 1;
  }

  /** The address of a host, in canonical form. */
  public String address(long host) {
    byte[] bytes = network.add(BigInteger.valueOf(host)).toByteArray();
    byte[] address = new byte[addressBits / 8];
    int length = Math.min(bytes.length, address.length);
    System.arraycopy(bytes, bytes.length - length, address, address.length - length, length);
    return canonical(address);
  }

  boolean contains(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    if (bytes.length * 8 != addressBits) {
      return false;
    }
    BigInteger host = new BigInteger(1, bytes).subtract(network);
    BigInteger size = BigInteger.ONE.shiftLeft(hostBits);
    boolean broadcast = addressBits == 32 && host.equals(size.subtract(BigInteger.ONE));
    return host.signum() > 0 && host.compareTo(size) < 0 && !broadcast;
  }

  boolean overlaps(IpRange other) {
    if (addressBits != other.addressBits) {
      return false;
    }
    int shift = Math.max(hostBits, other.hostBits);
    return network.shiftRight(shift).equals(other.network.shiftRight(shift));
  }

  /** One spelling for each address: RFC 5952 for IPv6. */
  public static String canonical(String address) {
    return canonical(InetAddress.ofLiteral(address).getAddress());
  }

  private static String canonical(byte[] address) {
    if (address.length == 4) {
      try {
        return InetAddress.getByAddress(address).getHostAddress();
      } catch (UnknownHostException e) {
        throw new IllegalStateException(Arrays.toString(address), e);
      }
    }
    return Rfc5952.format(address);
  }

  @Override
  public String toString() {
    return text;
  }
}
