package io.tiphys.apiserver.kinds.batch;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.ValueFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Indexes of an Indexed Job in the notation of {@code status.completedIndexes}: {@code 1,3-5,7}.
 *
 * @param intervals in increasing order
 */
record JobIndexes(List<Interval> intervals) {

  /** Both ends belong to it. */
  record Interval(long first, long last) {}

  JobIndexes {
    intervals = List.copyOf(intervals);
  }

  /**
   * @param completions the number of indexes that the job has
   * @throws ValueFormatException if the text is not in this notation
   */
  static JobIndexes parse(String text, long completions) {
    List<Interval> intervals = new ArrayList<>();
    if (text.isEmpty()) {
      return new JobIndexes(intervals);
    }
    for (String part : text.split(",", -1)) {
      Interval next = interval(part, completions);
      if (!intervals.isEmpty() && intervals.getLast().last >= next.first) {
        throw new ValueFormatException(
            "non-increasing order, previous: %d, current: %d"
                .formatted(intervals.getLast().last, next.first));
      }
      intervals.add(next);
    }
    return new JobIndexes(intervals);
  }

  private static Interval interval(String text, long completions) {
    String[] ends = text.split("-", -1);
    if (ends.length > 2) {
      throw new ValueFormatException(
          "the fragment "
              + JsonString.of(text)
              + " violates the requirement that an index interval can have at most two parts"
              + " separated by '-'");
    }
    long first = index(ends[0], completions);
    if (ends.length == 1) {
      return new Interval(first, first);
    }
    long last = index(ends[1], completions);
    if (first >= last) {
      throw new ValueFormatException(
          "non-increasing order, previous: %d, current: %d".formatted(first, last));
    }
    return new Interval(first, last);
  }

  private static long index(String text, long completions) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new ValueFormatException(
          "cannot convert string to integer for index: " + JsonString.of(text));
    }
    long index = Long.parseLong(text);
    if (index >= completions) {
      throw new ValueFormatException("too large index: " + JsonString.of(text));
    }
    return index;
  }

  /** How many indexes these are. */
  long count() {
    return intervals.stream().mapToLong(i -> i.last - i.first + 1).sum();
  }

  /** The first index that both have. */
  OptionalLong firstShared(JobIndexes other) {
    return intervals.stream()
        .flatMap(a ->
            other.intervals.stream()
                .filter(b -> a.first <= b.last && b.first <= a.last)
                .map(b -> Math.max(a.first, b.first)))
        .mapToLong(Long::longValue)
        .findFirst();
  }
}
