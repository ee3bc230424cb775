package io.tiphys.cli;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what was meant by a misspelt name. */
final class Nearest {
  private Nearest() {}

  /** {@code unknown key "x", did you mean "y"?}, or without a guess if nothing is near. */
  static String unknown(String what, String name, Collection<String> known) {
    String near =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
            .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3))
            .map(candidate -> ", did you mean \"" + candidate + "\"?")
            .orElse("");
    return "unknown " + what + " \"" + name + "\"" + near;
  }

  /** Levenshtein's, case ignored. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
