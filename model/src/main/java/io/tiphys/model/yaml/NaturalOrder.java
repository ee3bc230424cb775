package io.tiphys.model.yaml;

import java.util.Comparator;

/**
 * The order of keys in kubectl's YAML: letters after all else, numbers by their value ({@code a2}
 * before {@code a10}).
 */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    boolean inDigits = false;
    for (int i = 0; i < a.length && i < b.length; i++) {
      if (a[i] == b[i]) {
        inDigits = Character.isDigit(a[i]);
        continue;
      }
      boolean leftLetter = Character.isLetter(a[i]);
      boolean rightLetter = Character.isLetter(b[i]);
      if (leftLetter && rightLetter) {
        return Integer.compare(a[i], b[i]);
      }
      if (leftLetter || rightLetter) {
        return leftLetter == inDigits ? -1 : 1;
      }
      return compareNumbers(a, b, i);
    }
    return Integer.compare(a.length, b.length);
  }

  /** Compares the numbers at a position; the texts before it are the same. */
  private static int compareNumbers(int[] a, int[] b, int at) {
    int leftEnd = digitsEnd(a, at);
    int rightEnd = digitsEnd(b, at);
    boolean significant = (a[at] == '0' || b[at] == '0') && hasNonZeroBefore(a, at);
    int leftStart = significant ? at : skipZeros(a, at, leftEnd);
    int rightStart = significant ? at : skipZeros(b, at, rightEnd);
    int byLength = Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
    if (byLength != 0) {
      return byLength;
    }
    for (int i = 0; i < leftEnd - leftStart; i++) {
      if (a[leftStart + i] != b[rightStart + i]) {
        return Integer.compare(a[leftStart + i], b[rightStart + i]);
      }
    }
    return leftEnd != rightEnd ? Integer.compare(leftEnd, rightEnd) : Integer.compare(a[at], b[at]);
  }

  private static int digitsEnd(int[] text, int from) {
    int end = from;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }

  private static int skipZeros(int[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] == '0') {
      at++;
    }
    return at;
  }

  private static boolean hasNonZeroBefore(int[] text, int at) {
    for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
      if (text[i] != '0') {
        return true;
      }
    }
    return false;
  }
}
