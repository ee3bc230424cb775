package io.tiphys.model.proto;

import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a struct type looks as a protobuf message. Structs that JSON inlines are messages of their
 * own here: a slot holds either a field or such a message.
 */
final class MessageLayout {
  /** By field number. */
  private final Slot[] slots;

  /** A numbered place of a message. */
  sealed interface Slot {
    int number();
  }

  /** A field of the struct; {@code index} is its place in {@link StructType#fields()}. */
  record FieldSlot(int number, int index, Field field) implements Slot {}

  /** A message whose fields JSON shows among those of the struct. */
  record InlineSlot(int number, MessageLayout message) implements Slot {}

  private MessageLayout(Slot[] slots) {
    this.slots = slots;
  }

  static MessageLayout of(StructType type) {
    List<FieldSlot> all = new ArrayList<>();
    int index = 0;
    for (Field field : type.fields()) {
      if (field.number() > 0) {
        all.add(new FieldSlot(field.number(), index, field));
      }
      index++;
    }
    return level(all, 0);
  }

  private static MessageLayout level(List<FieldSlot> fields, int depth) {
    Map<Integer, Slot> slots = new TreeMap<>();
    Map<Integer, List<FieldSlot>> inlined = new TreeMap<>();
    for (FieldSlot slot : fields) {
      List<Integer> path = slot.field().inlined();
      if (path.size() == depth) {
        slots.put(slot.number(), slot);
      } else {
        inlined.computeIfAbsent(path.get(depth), _ -> new ArrayList<>()).add(slot);
      }
    }
    inlined.forEach(
        (number, inner) -> slots.put(number, new InlineSlot(number, level(inner, depth + 1))));
    return new MessageLayout(slots.values().toArray(new Slot[0]));
  }

  /** In ascending order of numbers; not to be changed. */
  Slot[] slots() {
    return slots;
  }

  /** Null if the message has no field of that number. */
  @Nullable Slot slot(int number) {
    int low = 0;
    int high = slots.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = slots[middle].number();
      if (found == number) {
        return slots[middle];
      }
      if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
