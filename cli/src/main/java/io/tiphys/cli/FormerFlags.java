package io.tiphys.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Flags of kube-apiserver, past and present, that {@code tiphys server} does not have by that name:
 * a table in {@code former-flags.table}.
 */
final class FormerFlags {

  /** What became of a flag. */
  sealed interface Answer {
    /** Another name does the same. */
    record Renamed(String flag) implements Answer {}

    /** It asks for what happens anyway, or for nothing that matters here. */
    record Needless(String why, boolean takesValue) implements Answer {}

    /** It asks for something that cannot be had; says what to do instead. */
    record Gone(String why) implements Answer {}

    /** Never heard of it. */
    record Unknown() implements Answer {}
  }

  private FormerFlags() {}

  static Answer find(String flag) {
    return table().getOrDefault(flag, new Answer.Unknown());
  }

  static Map<String, Answer> table() {
    try (InputStream in = FormerFlags.class.getResourceAsStream("former-flags.table")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 3))
          .collect(Collectors.toMap(row -> row[0], row -> answer(row[1], row[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(String fate, String text) {
    Map<String, Function<String, Answer>> fates =
        Map.of(
            "renamed",
            Answer.Renamed::new,
            "needless",
            why -> new Answer.Needless(why, true),
            "needless-switch",
            why -> new Answer.Needless(why, false),
            "gone",
            Answer.Gone::new);
    return Objects.requireNonNull(fates.get(fate), fate).apply(text);
  }
}
