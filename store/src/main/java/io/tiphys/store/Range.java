package io.tiphys.store;

/**
 * Which keys to read: {@code from <= key < to} in the order of their UTF-8 bytes.
 *
 * @param revision state as of this revision; 0 for the latest
 * @param limit at most this many keys; 0 for all
 */
public record Range(String from, String to, long revision, int limit) {

  /** All keys that start with a prefix, latest state. */
  public static Range prefix(String prefix) {
    return new Range(prefix, endOf(prefix), 0, 0);
  }

  /** The smallest key after all keys with this prefix. */
  public static String endOf(String prefix) {
    char last = prefix.charAt(prefix.length() - 1);
    return prefix.substring(0, prefix.length() - 1) + (char) (last + 1);
  }

  public Range at(long newRevision) {
    return new Range(from, to, newRevision, limit);
  }

  public Range limit(int newLimit) {
    return new Range(from, to, revision, newLimit);
  }
}
