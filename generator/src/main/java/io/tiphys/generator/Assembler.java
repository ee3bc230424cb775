package io.tiphys.generator;

import io.tiphys.generator.ApiModels.Model;
import io.tiphys.generator.ApiModels.Property;
import io.tiphys.generator.Message.MessageField;
import io.tiphys.generator.TypeDef.FieldDef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins messages, model classes and tables into the types of the schema. */
final class Assembler {
  private final Packages packages;
  private final Map<String, Message> messages;
  private final Facts facts;

  private Assembler(Packages packages, Map<String, Message> messages, Facts facts) {
    this.packages = packages;
    this.messages = messages;
    this.facts = facts;
  }

  /** All types by OpenAPI name. */
  static Map<String, TypeDef> assemble(Packages packages) {
    Map<String, Message> messages = new TreeMap<>(Messages.read());
    new ExtraMessages(packages).addTo(messages);
    Facts facts = new Facts(packages);
    Map<String, TypeDef> types = new Assembler(packages, messages, facts).types();
    facts.requireAllUsed();
    requireClosed(types);
    return types;
  }

  private Map<String, TypeDef> types() {
    Map<String, TypeDef> types = new TreeMap<>();
    for (Message message : messages.values()) {
      if (packages.has(message.name())
          && !facts.onlyInlined(message.name())
          && !facts.omitted(message.name())) {
        types.put(message.name(), type(message));
      }
    }
    return types;
  }

  private TypeDef type(Message message) {
    String name = message.name();
    Model model = model(name);
    boolean kind = isKind(name, model);
    List<FieldDef> fields = new ArrayList<>();
    if (kind) {
      fields.add(typeMeta("apiVersion", name));
      fields.add(typeMeta("kind", name));
    }
    addFields(message, name, List.of(), model, fields);
    Set<String> names = new HashSet<>();
    for (FieldDef field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalStateException(name + " has two fields " + field.name());
      }
    }
    return new TypeDef(
        name,
        model == null ? "" : model.description(),
        kind ? facts.groupVersion(name) : "",
        facts.atomic(name),
        fields);
  }

  /** The model class of a type, else of the type that it resembles. */
  private @Nullable Model model(String type) {
    Model own = ApiModels.find(type);
    if (own == null) {
      for (String like : packages.like(type)) {
        if (messages.containsKey(like)) {
          return model(like);
        }
      }
    }
    return own;
  }

  private boolean isKind(String type, @Nullable Model model) {
    return facts.kind(type)
        || (model != null
            && model.properties().containsKey("apiVersion")
            && model.properties().containsKey("kind")
            && messages.get(type).fields().stream().noneMatch(f -> f.name().equals("kind")));
  }

  private FieldDef typeMeta(String field, String type) {
    Model model = model("io.k8s.api.core.v1.Pod");
    Property property = model == null ? null : model.properties().get(field);
    if (property == null) {
      throw new IllegalStateException("the model of Pod lacks " + field + ", needed by " + type);
    }
    return new FieldDef(
        field,
        property.description(),
        0,
        List.of(),
        new FieldType.Scalar("STRING"),
        false,
        false,
        "",
        false,
        false,
        false,
        List.of(),
        "");
  }

  private void addFields(
      Message message,
      String type,
      List<Integer> inlined,
      @Nullable Model model,
      List<FieldDef> fields) {
    for (MessageField field : message.fields()) {
      if (facts.inlined(message.name(), field.name())) {
        String target = ((FieldType.Struct) field.type()).type();
        List<Integer> path = new ArrayList<>(inlined);
        path.add(field.number());
        addFields(required(target), type, List.copyOf(path), model, fields);
      } else if (!facts.omitted(message.name(), field.name())) {
        fields.add(field(message, field, type, inlined, model));
      }
    }
  }

  private Message required(String name) {
    Message message = messages.get(name);
    if (message == null) {
      throw new IllegalStateException("no message " + name);
    }
    return message;
  }

  private FieldDef field(
      Message message,
      MessageField field,
      String type,
      List<Integer> inlined,
      @Nullable Model model) {
    String name = facts.jsonName(message.name(), field.name());
    Property property = model == null ? null : model.properties().get(name);
    boolean required = property != null && property.required();
    Facts.Patch patch = facts.patch(type, name);
    return new FieldDef(
        name,
        property == null ? "" : property.description(),
        field.number(),
        inlined,
        facts.refine(type, name, field.type()),
        required,
        facts.zeroKept(type, name, field.type(), required),
        patch.mergeKey(),
        patch.merge(),
        patch.retainKeys(),
        patch.replace(),
        facts.enumValues(type, name),
        facts.defaultValue(type, name));
  }

  private static void requireClosed(Map<String, TypeDef> types) {
    for (TypeDef type : types.values()) {
      for (FieldDef field : type.fields()) {
        field
            .type()
            .renamed(target -> {
              if (!types.containsKey(target)) {
                throw new IllegalStateException(
                    type.name() + "." + field.name() + " is of unknown type " + target);
              }
              return target;
            });
      }
    }
  }
}
