package io.tiphys.apiserver.rest;

import java.util.random.RandomGenerator;

/** Names from {@code metadata.generateName}: the prefix and five random letters, as upstream's. */
final class GeneratedNames {
  /** Neither vowels nor look-alikes, so that no words appear. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int LONGEST = 63;

  private GeneratedNames() {}

  static String of(String prefix, RandomGenerator random) {
    StringBuilder name =
        new StringBuilder(prefix.substring(0, Math.min(prefix.length(), LONGEST - SUFFIX)));
    for (int i = 0; i < SUFFIX; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return name.toString();
  }
}
