package io.tiphys.model.yaml;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Parses YAML texts to trees, as upstream turns YAML into JSON: keys become strings, times stay
 * strings, of duplicate keys the last wins. JSON texts are YAML too.
 *
 * <p>Limits: nesting as for JSON; what aliases repeat may be 10 million characters in all. The
 * caller bounds the size of the text.
 */
public final class YamlReader {
  private YamlReader() {}

  /**
   * A parsed document.
   *
   * @param duplicates what is wrong with keys that occur twice, such as {@code line 4: key "a"
   *     already set in map}; only strict readers mind
   */
  public record Result(Json value, List<String> duplicates) {
    public Result {
      duplicates = List.copyOf(duplicates);
    }

    /** Upstream's message about the duplicates; for when there are some. */
    public String duplicatesMessage() {
      return "yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates);
    }
  }

  /**
   * Parses the first document; an empty text is null.
   *
   * @throws JsonException if the bytes are not YAML in UTF-8, or exceed a limit
   */
  public static Result read(byte[] utf8) {
    List<Result> documents = documents(utf8, 1);
    return documents.isEmpty() ? new Result(JsonNull.NULL, List.of()) : documents.getFirst();
  }

  /**
   * Parses all documents, but those that hold nothing.
   *
   * @throws JsonException if the bytes are not YAML in UTF-8, or exceed a limit
   */
  public static List<Result> readAll(byte[] utf8) {
    return documents(utf8, Integer.MAX_VALUE).stream()
        .filter(d -> d.value() != JsonNull.NULL)
        .toList();
  }

  /** Parses the first document, of a text. */
  public static Json parse(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8)).value();
  }

  private static List<Result> documents(byte[] utf8, int max) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      YamlDocuments events =
          new YamlDocuments(new Parse(settings).parseString(decode(utf8)).iterator());
      List<Result> documents = new ArrayList<>();
      while (documents.size() < max && events.hasNext()) {
        documents.add(events.next());
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      String at = e.getProblemMark().map(m -> "line " + (m.getLine() + 1) + ": ").orElse("");
      throw new JsonException("yaml: " + at + withoutCharacter(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new JsonException(
          "yaml: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** Upstream does not say which character, nor what to do about tabs. */
  private static String withoutCharacter(String problem) {
    String end = " that cannot start any token";
    return problem.contains(end) ? "found character" + end : problem;
  }

  private static String decode(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new JsonException("yaml: invalid leading UTF-8 octet", e);
    }
  }
}
