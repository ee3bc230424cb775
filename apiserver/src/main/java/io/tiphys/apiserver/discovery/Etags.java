package io.tiphys.apiserver.discovery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names a document by its content: a SHA-512, as upstream does. */
public final class Etags {
  private Etags() {}

  /** In quotes, as the header wants it. */
  static String of(byte[] body) {
    return '"' + hash(body) + '"';
  }

  /** Upper-case hexadecimal. */
  public static String hash(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(body);
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
