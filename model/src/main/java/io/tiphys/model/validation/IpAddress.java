package io.tiphys.model.validation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address. Texts are read as upstream's legacy parser does: leading zeros in IPv4
 * are allowed and decimal, an IPv4 address mapped into IPv6 is IPv4, zones are refused.
 */
public final class IpAddress implements Comparable<IpAddress> {
  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of 4 bytes, or 16; mapped IPv4 becomes IPv4. */
  public static IpAddress of(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
    }
    return new IpAddress(isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes.clone());
  }

  private static boolean isMapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  public static Optional<IpAddress> parse(String text) {
    byte[] bytes = new byte[16];
    if (text.indexOf(':') < 0) {
      return parse4(text, bytes, 0) ? Optional.of(of(Arrays.copyOf(bytes, 4))) : Optional.empty();
    }
    return parse6(text, bytes) ? Optional.of(of(bytes)) : Optional.empty();
  }

  /** What is wrong with a text that should be an IP address; an empty list if nothing is. */
  public static List<String> check(String text) {
    return parse(text).isPresent()
        ? List.of()
        : List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  private static boolean parse4(String text, byte[] bytes, int at) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      int value = number(parts[i], 10, 255);
      if (value < 0) {
        return false;
      }
      bytes[at + i] = (byte) value;
    }
    return true;
  }

  private static boolean parse6(String text, byte[] bytes) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, bytes, 0) == 16;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    byte[] tail = new byte[16];
    int head = gap == 0 ? 0 : groups(text.substring(0, gap), bytes, 0);
    String rest = text.substring(gap + 2);
    int size = rest.isEmpty() ? 0 : groups(rest, tail, 0);
    if (head < 0 || size < 0 || head + size > 14 || text.lastIndexOf('.', gap) >= 0) {
      return false;
    }
    System.arraycopy(tail, 0, bytes, 16 - size, size);
    return true;
  }

  /** Reads groups of four hex digits, the last two maybe as IPv4; the bytes read, or -1. */
  private static int groups(String text, byte[] bytes, int from) {
    String[] parts = text.split(":", -1);
    int at = from;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        return at <= 12 && parse4(parts[i], bytes, at) ? at + 4 : -1;
      }
      int value = parts[i].length() > 4 ? -1 : number(parts[i], 16, 0xffff);
      if (value < 0 || at > 14) {
        return -1;
      }
      bytes[at++] = (byte) (value >> 8);
      bytes[at++] = (byte) value;
    }
    return at;
  }

  private static int number(String digits, int radix, int max) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      value = value * radix + digit;
      if (digit < 0 || value > max) {
        return -1;
      }
    }
    return digits.isEmpty() ? -1 : value;
  }

  public boolean isIpv4() {
    return bytes.length == 4;
  }

  /** A copy: 4 or 16 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 32 or 128. */
  public int bits() {
    return bytes.length * 8;
  }

  /** This address with all but the first bits cleared. */
  public IpAddress masked(int prefixLength) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int keep = Math.clamp(prefixLength - i * 8L, 0, 8);
      masked[i] &= (byte) (0xff00 >> keep);
    }
    return new IpAddress(masked);
  }

  /** IPv4 before IPv6, then by value. */
  @Override
  public int compareTo(IpAddress other) {
    int byLength = Integer.compare(bytes.length, other.bytes.length);
    return byLength != 0 ? byLength : Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress a && Arrays.equals(bytes, a.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The canonical text (RFC 5952). */
  @Override
  public String toString() {
    if (isIpv4()) {
      return (bytes[0] & 255)
          + "."
          + (bytes[1] & 255)
          + "."
          + (bytes[2] & 255)
          + "."
          + (bytes[3] & 255);
    }
    int gapAt = -1;
    int gapSize = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = zeroGroups(i);
      if (zeros > gapSize) {
        gapAt = i;
        gapSize = zeros;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == gapAt) {
        text.append("::");
        i += gapSize - 1;
      } else {
        text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString((bytes[i * 2] & 255) << 8 | (bytes[i * 2 + 1] & 255)));
      }
    }
    return text.toString();
  }

  private int zeroGroups(int from) {
    int count = 0;
    while (from + count < 8
        && bytes[2 * (from + count)] == 0
        && bytes[2 * (from + count) + 1] == 0) {
      count++;
    }
    return count;
  }
}
