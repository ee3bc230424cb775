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

  /** The smallest key after all keys with this prefix; after all keys at all if it is empty. */
  public static String endOf(String prefix) {
    String rest = prefix;
    while (!rest.isEmpty()) {
      int last = rest.codePointBefore(rest.length());
      rest = rest.substring(0, rest.length() - Character.charCount(last));
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return rest + Character.toString(next);
      }
    }
    return Character.toString(Character.MAX_CODE_POINT);
  }

  public Range at(long newRevision) {
    return new Range(from, to, newRevision, limit);
  }

  public Range limit(int newLimit) {
    return new Range(from, to, revision, newLimit);
  }
}
