package io.tiphys.store;

import java.util.Comparator;

/**
 * The order of keys: that of their UTF-8 bytes, as in etcd. It differs from {@link
 * String#compareTo} only for characters beyond U+FFFF.
 */
public final class KeyOrder {
  public static final Comparator<String> UTF_8 = KeyOrder::compare;

  private KeyOrder() {}

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Surrogates stand for code points beyond U+FFFF, so they come after all other characters. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
