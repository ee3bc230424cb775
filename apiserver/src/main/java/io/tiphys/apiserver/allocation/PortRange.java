package io.tiphys.apiserver.allocation;

/**
 * The ports that may be node ports.
 *
 * @param last included
 */
public record PortRange(int first, int last) {

  public PortRange {
    if (first < 1 || last > 65535 || first > last) {
      throw new IllegalArgumentException(first + "-" + last + " is no range of ports");
    }
  }

  /** Parses {@code 30000-32767}. */
  public static PortRange parse(String text) {
    try {
      int dash = text.indexOf('-');
      return new PortRange(
          Integer.parseInt(text.substring(0, Math.max(0, dash)).strip()),
          Integer.parseInt(text.substring(dash + 1).strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no range of ports; write it like 30000-32767", e);
    }
  }

  int size() {
    return last - first + 1;
  }

  boolean contains(int port) {
    return port >= first && port <= last;
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
