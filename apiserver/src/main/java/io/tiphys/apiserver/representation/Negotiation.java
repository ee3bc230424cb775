package io.tiphys.apiserver.representation;

import io.tiphys.model.status.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to answer by what the client accepts (RFC 9110 §12.5.1, and upstream's {@code as}).
 */
public final class Negotiation {
  private Negotiation() {}

  private record Range(String type, Map<String, String> parameters, double quality) {}

  /**
   * How the answer to a request is to look.
   *
   * @param accept the {@code Accept} header; null if there is none
   * @param prettyParameter the query parameter {@code pretty}; "" if absent
   * @param views whether tables and partial objects can be had
   * @throws ApiException NotAcceptable if nothing the client accepts can be had
   */
  public static Output output(
      @Nullable String accept, String prettyParameter, String userAgent, boolean views) {
    boolean pretty = pretty(prettyParameter, userAgent);
    if (accept == null
        || accept.isEmpty()
        || accept.equals("*/*")
        || accept.equals("application/json")) {
      return pretty ? Output.PRETTY : Output.JSON;
    }
    for (Range range : ranges(accept)) {
      Optional<Output> output = output(range, pretty, views);
      if (output.isPresent()) {
        return output.get();
      }
    }
    throw Format.notAcceptable();
  }

  /** Upstream indents for {@code ?pretty}, and for people's tools unless they say otherwise. */
  private static boolean pretty(String parameter, String userAgent) {
    if (!parameter.isEmpty()) {
      return switch (parameter.toLowerCase(Locale.ROOT)) {
        case "1", "t", "true" -> true;
        default -> false;
      };
    }
    return userAgent.startsWith("curl")
        || userAgent.startsWith("Wget")
        || userAgent.startsWith("Mozilla/5.0");
  }

  private static Optional<Output> output(Range range, boolean pretty, boolean views) {
    Format format =
        switch (range.type) {
          case "*/*", "application/*" -> Format.JSON;
          default -> Format.of(range.type).orElse(null);
        };
    if (format == null || range.quality == 0) {
      return Optional.empty();
    }
    boolean indented =
        format == Format.JSON
            && (range.parameters.containsKey("pretty")
                ? range.parameters.get("pretty").equals("1")
                : pretty);
    String as = range.parameters.getOrDefault("as", "");
    if (as.isEmpty()) {
      return Optional.of(new Output(format, Output.View.OBJECT, "", indented));
    }
    String version = range.parameters.getOrDefault("v", "");
    boolean known =
        views
            && range.parameters.getOrDefault("g", "").equals("meta.k8s.io")
            && (version.equals("v1") || version.equals("v1beta1"));
    if (!known) {
      return Optional.empty();
    }
    return switch (as) {
      case "Table" ->
          // Upstream has no protobuf form of tables.
          format == Format.PROTOBUF
              ? Optional.empty()
              : Optional.of(new Output(format, Output.View.TABLE, version, indented));
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          Optional.of(new Output(format, Output.View.METADATA, version, indented));
      default -> Optional.empty();
    };
  }

  private static List<Range> ranges(String accept) {
    List<Range> ranges = new ArrayList<>();
    for (String part : accept.split(",", -1)) {
      String[] pieces = part.split(";", -1);
      Map<String, String> parameters = new HashMap<>();
      double quality = 1;
      for (int i = 1; i < pieces.length; i++) {
        int equals = pieces[i].indexOf('=');
        String name = (equals < 0 ? pieces[i] : pieces[i].substring(0, equals)).strip();
        String value = equals < 0 ? "" : pieces[i].substring(equals + 1).strip();
        if (name.equals("q")) {
          quality = quality(value);
        } else {
          parameters.put(name, value);
        }
      }
      ranges.add(new Range(pieces[0].strip().toLowerCase(Locale.ROOT), parameters, quality));
    }
    ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
    return ranges;
  }

  private static double quality(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
