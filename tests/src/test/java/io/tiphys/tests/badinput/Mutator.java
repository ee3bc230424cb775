package io.tiphys.tests.badinput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes bad requests of good ones: small damage, so that they get far before they fail. */
final class Mutator {
  /** What stands where a value stood. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "9223372036854775808",
          "-9223372036854775808",
          "1.5",
          "\"\"",
          "\"x\"",
          "\"-1\"",
          "\"1e99\"",
          "\"9999999999999999999999Gi\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"\":null}",
          "{\"$patch\":\"replace\"}",
          "{\"$patch\":\"delete\"}",
          "\"200%\"",
          "\"../..\"",
          "\"0001-01-01T00:00:00Z\"");

  /** What stands where a word of a path or query stood. */
  private static final List<String> WORDS =
      List.of(
          "",
          "%00",
          "%2F",
          "..",
          "%C3%28",
          "-1",
          "99999999999999999999",
          "a,b",
          "()",
          "!",
          "=",
          "==",
          "true",
          "All",
          "status",
          "scale",
          "default",
          "%25",
          "a%20notin%20()",
          "{}",
          "*",
          "x".repeat(300));

  private static final Pattern JSON_VALUE =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?!\\s*:)|-?[0-9.]+|true|false|null|\\[\\]|\\{\\}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]+");

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  FuzzSeeds.Seed mutate(FuzzSeeds.Seed seed) {
    FuzzSeeds.Seed result = seed;
    int rounds = random.nextInt(3) == 0 ? 3 : 1;
    for (int i = 0; i < rounds; i++) {
      result = result.body().length == 0 || random.nextInt(5) == 0 ? target(result) : body(result);
    }
    return result;
  }

  private FuzzSeeds.Seed target(FuzzSeeds.Seed seed) {
    int query = seed.path().indexOf('?') + 1;
    boolean spared = query > 0 && random.nextInt(4) > 0;
    String path =
        spared
            ? seed.path().substring(0, query)
                + replace(seed.path().substring(query), WORD, pick(WORDS))
            : replace(seed.path(), WORD, pick(WORDS));
    // A watch ends after a second.
    if (path.contains("watch") && !path.contains("timeoutSeconds=1&")) {
      return seed;
    }
    return new FuzzSeeds.Seed(seed.method(), path, seed.contentType(), seed.body());
  }

  private FuzzSeeds.Seed body(FuzzSeeds.Seed seed) {
    boolean binary = seed.contentType().endsWith("protobuf");
    byte[] body =
        binary || random.nextInt(8) == 0
            ? bytes(seed.body())
            : replace(new String(seed.body(), StandardCharsets.UTF_8), JSON_VALUE, pick(VALUES))
                .getBytes(StandardCharsets.UTF_8);
    return new FuzzSeeds.Seed(seed.method(), seed.path(), seed.contentType(), body);
  }

  private byte[] bytes(byte[] body) {
    int at = random.nextInt(body.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      }
      case 1 -> {
        return at == 0 ? body : Arrays.copyOf(body, at);
      }
      case 2 -> {
        out.write(body, 0, at);
        out.write(random.nextInt(256));
        out.write(body, at, body.length - at);
      }
      case 3 -> {
        int end = at + random.nextInt(body.length - at);
        out.write(body, 0, end);
        out.write(body, at, body.length - at);
      }
      default -> {
        out.write(body, 0, at);
        int skip = Math.min(body.length - at, 1 + random.nextInt(8));
        out.write(body, at + skip, body.length - at - skip);
        if (out.size() == 0) {
          out.write('{');
        }
      }
    }
    return out.toByteArray();
  }

  private String replace(String text, Pattern what, String with) {
    List<MatchResult> found = what.matcher(text).results().toList();
    if (found.isEmpty()) {
      return text;
    }
    MatchResult one = found.get(random.nextInt(found.size()));
    return text.substring(0, one.start()) + with + text.substring(one.end());
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
