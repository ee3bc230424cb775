package io.tiphys.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Pod;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.net.JarURLConnection;
import java.net.URL;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The schema against the model classes that upstream's own OpenAPI document was made into: every
 * type, field and requirement of the versions that are served must agree.
 */
class PublishedModelsTest {
  private static final String PACKAGE = "io.kubernetes.client.openapi.models.";

  private final Map<StructType, Class<?>> published = published();
  private final Map<Class<?>, StructType> types =
      published.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  @Test
  void everyPublishedTypeOfAStableVersionIsInTheSchema() throws IOException {
    Set<String> stable = new TreeSet<>();
    for (String name : classNames()) {
      if (name.matches("[A-Za-z]*V[12][A-Z].*")) {
        stable.add(name);
      }
    }
    assertThat(stable).hasSizeGreaterThan(500);
    assertThat(types.keySet().stream().map(Class::getSimpleName)).containsAll(stable);
  }

  @Test
  void fieldsAgree() {
    List<String> differences = new ArrayList<>();
    published.forEach((type, model) -> {
      Set<String> ours = new TreeSet<>();
      type.fields().forEach(f -> ours.add(f.name()));
      Set<String> theirs = properties(model).keySet();
      if (!ours.equals(theirs)) {
        differences.add(type + ": " + ours + " but published are " + theirs);
      }
    });
    assertThat(differences).isEmpty();
  }

  @Test
  void typesOfFieldsAgree() {
    List<String> differences = new ArrayList<>();
    published.forEach((type, model) ->
        properties(model)
            .forEach((name, property) -> {
              Field field = Objects.requireNonNull(type.field(name), name);
              if (!agree(field.type(), property.getGenericReturnType())) {
                differences.add(
                    type
                        + "."
                        + name
                        + ": "
                        + field.type()
                        + " but published is "
                        + property.getGenericReturnType());
              }
            }));
    assertThat(differences).isEmpty();
  }

  @Test
  void requiredFieldsAgree() {
    List<String> differences = new ArrayList<>();
    published.forEach((type, model) ->
        properties(model)
            .forEach((name, property) -> {
              boolean required = property.getAnnotation(ApiModelProperty.class).required();
              if (Objects.requireNonNull(type.field(name), name).required() != required) {
                differences.add(type + "." + name);
              }
            }));
    assertThat(differences).isEmpty();
  }

  private boolean agree(Type type, java.lang.reflect.Type java) {
    return switch (type) {
      case StructType struct ->
          java == published.get(Objects.requireNonNull(Schema.kubernetes().struct(struct.name())))
              || (struct.fields().isEmpty() && java == Object.class);
      case ListType list ->
          java instanceof ParameterizedType p
              && p.getRawType() == List.class
              && agree(list.item(), p.getActualTypeArguments()[0]);
      case MapType map ->
          java instanceof ParameterizedType p
              && p.getRawType() == Map.class
              && agree(map.value(), p.getActualTypeArguments()[1]);
      case ScalarType scalar ->
          switch (scalar) {
            case STRING, DURATION -> java == String.class;
            case BOOL -> java == Boolean.class;
            case INT32 -> java == Integer.class;
            case INT64 -> java == Long.class;
            case DOUBLE -> java == Double.class;
            case BYTES -> java == byte[].class;
            case QUANTITY -> java == Quantity.class;
            case INT_OR_STRING -> java == IntOrString.class;
            case TIME, MICRO_TIME -> java == OffsetDateTime.class;
            case ANY, FIELDS_V1, JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS ->
                java == Object.class;
          };
    };
  }

  /** Getters by JSON name. */
  private static Map<String, Method> properties(Class<?> model) {
    Map<String, Method> properties = new TreeMap<>();
    for (java.lang.reflect.Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        String getter = "get" + field.getName().replace("_", "");
        Arrays.stream(model.getMethods())
            .filter(m -> m.getName().equalsIgnoreCase(getter) && m.getParameterCount() == 0)
            .forEach(m -> properties.put(name.value(), m));
      }
    }
    return properties;
  }

  private static Map<StructType, Class<?>> published() {
    Map<StructType, Class<?>> published = new HashMap<>();
    for (StructType type : Schema.kubernetes().all()) {
      String[] names = type.name().split("\\.", -1);
      String simple = capital(names[names.length - 2]) + names[names.length - 1];
      Class<?> model = load(capital(names[names.length - 3]) + simple);
      if (model == null) {
        model = load(simple);
      }
      if (model != null) {
        published.put(type, model);
      }
    }
    return published;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static @Nullable Class<?> load(String simpleName) {
    try {
      return Class.forName(PACKAGE + simpleName);
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return null;
    }
  }

  private static List<String> classNames() throws IOException {
    URL anchor = Objects.requireNonNull(V1Pod.class.getResource("V1Pod.class"));
    String directory = PACKAGE.replace('.', '/');
    return ((JarURLConnection) anchor.openConnection())
        .getJarFile().stream()
            .map(entry -> entry.getName())
            .filter(n -> n.startsWith(directory) && n.endsWith(".class") && n.indexOf('$') < 0)
            .map(n -> n.substring(directory.length(), n.length() - ".class".length()))
            .toList();
  }
}
