package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An object under validation: what it holds, where it lies, and where its errors go. Rules are
 * methods, so that a validation reads as a list of them. Most return whether the rule holds, for
 * rules that make sense only then. An absent field satisfies every rule but {@link #required}.
 *
 * @param value the object; empty where there is none
 */
public record Scope(JsonObject value, FieldPath path, FieldErrors errors) {

  /** A whole API object. */
  public static Scope of(JsonObject object, FieldErrors errors) {
    return new Scope(object, FieldPath.ROOT, errors);
  }

  /** The object under a field; empty where there is none. */
  public Scope in(String field) {
    return new Scope(value.object(field), path.child(field), errors);
  }

  /** Applies rules to the object under a field if there is one. */
  public void with(String field, Consumer<Scope> rules) {
    if (value.get(field) instanceof JsonObject) {
      rules.accept(in(field));
    }
  }

  /** Applies rules to each object of a list. */
  public void each(String list, Consumer<Scope> rules) {
    JsonArray items = value.array(list);
    FieldPath at = path.child(list);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonObject item) {
        rules.accept(new Scope(item, at.index(i), errors));
      }
    }
  }

  /** A string of a list, and its place. */
  public record Item(String value, FieldPath path) {}

  /** The strings of a list with their places. */
  public List<Item> strings(String list) {
    JsonArray items = value.array(list);
    FieldPath at = path.child(list);
    return IntStream.range(0, items.size())
        .filter(i -> items.get(i) instanceof JsonString)
        .mapToObj(i -> new Item(((JsonString) items.get(i)).value(), at.index(i)))
        .toList();
  }

  /** Whether the field is there, whatever it holds. */
  public boolean has(String field) {
    Json json = value.get(field);
    return json != null && json != JsonNull.NULL;
  }

  /** Whether the field is there and is not the zero value of its type. */
  public boolean isSet(String field) {
    Json json = value.get(field);
    return json != null && !json.isZero();
  }

  public String string(String field) {
    return value.string(field);
  }

  public long number(String field, long absent) {
    return value.number(field, absent);
  }

  public FieldPath at(String field) {
    return path.child(field);
  }

  private Json json(String field) {
    @Nullable Json json = value.get(field);
    return json == null ? JsonNull.NULL : json;
  }

  // ---- rules -------------------------------------------------------------------------------

  /** The field must be there and not be its type's zero value. */
  public boolean required(String field) {
    return required(field, "");
  }

  public boolean required(String field, String detail) {
    boolean fine = isSet(field);
    if (!fine) {
      errors.required(at(field), detail);
    }
    return fine;
  }

  /** A number within bounds, both inclusive. */
  public boolean range(String field, long min, long max) {
    return check(
        field, n -> n >= min && n <= max, "must be between " + min + " and " + max + ", inclusive");
  }

  /** A number of at least 0. */
  public boolean nonNegative(String field) {
    return check(field, n -> n >= 0, "must be greater than or equal to 0");
  }

  /** A number that satisfies a condition. */
  public boolean check(String field, LongPredicate condition, String detail) {
    boolean fine = !(value.get(field) instanceof JsonNumber n) || condition.test(n.longValue());
    if (!fine) {
      invalid(field, detail);
    }
    return fine;
  }

  /** A string out of a set. The empty string counts as absent. */
  public boolean oneOf(String field, Collection<String> supported) {
    String text = string(field);
    boolean fine = text.isEmpty() || supported.contains(text);
    if (!fine) {
      errors.notSupported(at(field), JsonString.of(text), supported.stream().sorted().toList());
    }
    return fine;
  }

  /** As {@link #oneOf}, and the field must be there. */
  public boolean requiredOneOf(String field, Collection<String> supported) {
    return required(field) && oneOf(field, supported);
  }

  /** A string of a certain form; the empty string counts as absent. */
  public boolean format(String field, Function<String, List<String>> faults) {
    return string(field).isEmpty() || formatEvenEmpty(field, faults);
  }

  /** A string of a certain form, which the empty string may violate. */
  public boolean formatEvenEmpty(String field, Function<String, List<String>> faults) {
    return format(at(field), string(field), faults);
  }

  /** As {@link #format}, and the field must be there. */
  public boolean requiredFormat(String field, Function<String, List<String>> faults) {
    return required(field) && format(field, faults);
  }

  /** A string anywhere of a certain form. */
  public boolean format(FieldPath at, String text, Function<String, List<String>> faults) {
    List<String> found = faults.apply(text);
    found.forEach(fault -> errors.invalid(at, JsonString.of(text), fault));
    return found.isEmpty();
  }

  /** A condition on the field's value. */
  public boolean unless(boolean fault, String field, String detail) {
    if (fault) {
      invalid(field, detail);
    }
    return !fault;
  }

  public void invalid(String field, String detail) {
    errors.invalid(at(field), json(field), detail);
  }

  /** As {@link #invalid}, for a number that is 0 where it is absent. */
  public void invalidNumber(String field, String detail) {
    errors.invalid(at(field), JsonNumber.of(number(field, 0)), detail);
  }

  public void forbidden(String field, String detail) {
    errors.forbidden(at(field), detail);
  }

  /** The fields may not be set. */
  public void forbidAll(Collection<String> fields, String detail) {
    for (String field : fields) {
      if (isSet(field)) {
        forbidden(field, detail);
      }
    }
  }

  /** No two items of a list of objects have the same non-empty string under a field. */
  public void unique(String list, String key) {
    Set<String> seen = new HashSet<>();
    each(
        list,
        item -> {
          String text = item.string(key);
          if (!text.isEmpty() && !seen.add(text)) {
            errors.duplicate(item.at(key), JsonString.of(text));
          }
        });
  }

  /** The first string is in a set of names that exist. */
  public boolean known(String field, Set<String> names) {
    boolean fine = names.contains(string(field));
    if (!fine) {
      errors.add(FieldError.notFound(at(field), JsonString.of(string(field))));
    }
    return fine;
  }

  /** The field equals what it was before. */
  public boolean immutable(String field, JsonObject before) {
    return immutable(field, before, "field is immutable");
  }

  public boolean immutable(String field, JsonObject before, String detail) {
    boolean fine = Trees.same(value.get(field), before.get(field));
    if (!fine) {
      invalid(field, detail);
    }
    return fine;
  }
}
