package io.tiphys.model.yaml;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonReader;
import io.tiphys.model.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds the trees of a stream of documents from the parser's events. */
final class YamlDocuments {
  private static final long MAX_ALIASED = 10_000_000;
  private static final String TAG = "tag:yaml.org,2002:";

  /** A value that aliases can repeat; {@code value} is null while it is being read. */
  private record Anchored(@Nullable Json value, long weight) {}

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private List<String> duplicates = new ArrayList<>();
  private int depth;
  private long weight;
  private long aliased;

  YamlDocuments(Iterator<Event> events) {
    this.events = events;
    events.next();
  }

  boolean hasNext() {
    return events.next().getEventId() != Event.ID.StreamEnd;
  }

  /** The document that {@link #hasNext} found the start of. */
  YamlReader.Result next() {
    anchors.clear();
    duplicates = new ArrayList<>();
    Json value = node(events.next());
    events.next();
    return new YamlReader.Result(value, duplicates);
  }

  private Json node(Event event) {
    if (event instanceof AliasEvent alias) {
      return repeat(alias.getAlias());
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(a -> anchors.put(a, new Anchored(null, 0)));
    long before = weight;
    weight++;
    Json value =
        switch (event) {
          case MappingStartEvent m -> mapping(m);
          case SequenceStartEvent s -> sequence(s);
          case ScalarEvent s -> scalar(s);
          default -> throw new IllegalStateException("unexpected " + event);
        };
    anchor.ifPresent(a -> anchors.put(a, new Anchored(value, weight - before)));
    return value;
  }

  private Json repeat(Anchor anchor) {
    Anchored found = anchors.get(anchor);
    if (found == null) {
      throw new JsonException("yaml: unknown anchor '" + anchor.getValue() + "' referenced");
    }
    if (found.value() == null) {
      throw new JsonException("yaml: anchor '" + anchor.getValue() + "' value contains itself");
    }
    weight += found.weight();
    aliased += found.weight();
    if (aliased > MAX_ALIASED) {
      throw new JsonException("yaml: document contains excessive aliasing");
    }
    return found.value();
  }

  private void enter(Event at) {
    if (++depth > JsonReader.MAX_DEPTH) {
      throw new JsonException("yaml: line " + line(at) + ": exceeded max depth");
    }
  }

  private static int line(Event at) {
    return at.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  private JsonArray sequence(SequenceStartEvent start) {
    enter(start);
    List<Json> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e));
    }
    depth--;
    return JsonArray.of(items);
  }

  private JsonObject mapping(MappingStartEvent start) {
    enter(start);
    JsonObject.Builder builder = new JsonObject.Builder();
    Set<String> own = new HashSet<>();
    List<JsonObject> merged = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      boolean merge = e instanceof ScalarEvent s && s.isPlain() && s.getValue().equals("<<");
      String key = key(node(e));
      Json value = node(events.next());
      if (merge) {
        merge(e, value, merged);
        continue;
      }
      builder.put(key, value);
      if (!own.add(key)) {
        duplicates.add("line " + line(e) + ": key " + JsonString.of(key) + " already set in map");
      }
    }
    for (JsonObject other : merged) {
      other.forEach((key, value) -> {
        if (own.add(key)) {
          builder.put(key, value);
        }
      });
    }
    depth--;
    return builder.build();
  }

  /** Of the maps that {@code <<} names, the first that has a key gives its value. */
  private static void merge(Event at, Json value, List<JsonObject> merged) {
    List<Json> maps = value instanceof JsonArray a ? a.list() : List.of(value);
    for (Json map : maps) {
      if (!(map instanceof JsonObject object)) {
        throw new JsonException(
            "yaml: line " + line(at) + ": map merge requires map or sequence of maps as the value");
      }
      merged.add(object);
    }
  }

  private static String key(Json key) {
    return switch (key) {
      case JsonString s -> s.value();
      case JsonBool b -> b.toString();
      case JsonNumber n -> n.isIntegral() ? n.toString() : YamlNumber.text(n.doubleValue());
      case JsonNull _, JsonArray _, JsonObject _ ->
          throw new JsonException("unsupported map key of type: " + key.typeName());
    };
  }

  private Json scalar(ScalarEvent event) {
    String text = event.getValue();
    weight += text.length();
    String tag = event.getTag().orElse("");
    if (!tag.startsWith(TAG)) {
      boolean plain = tag.isEmpty() && event.isPlain();
      return plain ? PlainScalar.resolve(text) : JsonString.of(text);
    }
    return tagged(event, tag.substring(TAG.length()), text);
  }

  private static Json tagged(ScalarEvent event, String tag, String text) {
    Json value = text.isEmpty() ? JsonString.EMPTY : PlainScalar.resolve(text);
    boolean fits =
        switch (tag) {
          case "int" -> value instanceof JsonNumber n && n.isIntegral();
          case "float" -> value instanceof JsonNumber;
          case "bool" -> value instanceof JsonBool;
          case "null" -> value == JsonNull.NULL || text.isEmpty();
          default -> true;
        };
    if (!fits) {
      throw new JsonException(
          "yaml: line " + line(event) + ": cannot decode `" + text + "` as a !!" + tag);
    }
    return switch (tag) {
      case "int", "float", "bool" -> value;
      case "null" -> JsonNull.NULL;
      case "binary" -> binary(event, text);
      default -> JsonString.of(text);
    };
  }

  private static Json binary(ScalarEvent event, String text) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      return JsonString.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new JsonException(
          "yaml: line " + line(event) + ": !!binary value contains invalid base64 data", e);
    }
  }
}
