package io.tiphys.generator;

import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the classes of the artifact {@code client-java-api}, which upstream's OpenAPI produced. */
final class ApiModels {
  private static final String PACKAGE = "io.kubernetes.client.openapi.models.";

  private ApiModels() {}

  /** A definition of OpenAPI; properties by JSON name. */
  record Model(String className, String description, Map<String, Property> properties) {}

  /** A property; the type is the Java class or generic type. */
  record Property(String name, String description, boolean required, Type type) {}

  /**
   * The class that stands for a type: {@code V1Pod}, or {@code CoreV1Event} where several groups
   * have types of that name. Null if OpenAPI does not have the type.
   */
  static @Nullable Model find(String openApiName) {
    String[] steps = openApiName.split("\\.", -1);
    String group = steps[steps.length - 3];
    String version = capital(steps[steps.length - 2]);
    String name = version + steps[steps.length - 1];
    Class<?> found = load(capital(group) + name);
    if (found == null) {
      found = load(name);
    }
    return found == null ? null : model(found);
  }

  private static @Nullable Class<?> load(String simpleName) {
    try {
      return Class.forName(PACKAGE + simpleName);
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return null;
    }
  }

  private static Model model(Class<?> type) {
    ApiModel about = type.getAnnotation(ApiModel.class);
    Map<String, Property> properties = new TreeMap<>();
    for (Field field : type.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        properties.put(name.value(), property(type, field, name.value()));
      }
    }
    return new Model(type.getSimpleName(), about == null ? "" : about.description(), properties);
  }

  private static Property property(Class<?> type, Field field, String name) {
    ApiModelProperty about =
        Arrays.stream(type.getMethods())
            .filter(m -> m.getName().equalsIgnoreCase("get" + field.getName().replace("_", "")))
            .filter(m -> m.getParameterCount() == 0)
            .map((Method m) -> m.getAnnotation(ApiModelProperty.class))
            .filter(a -> a != null)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(type + " lacks a getter of " + name));
    return new Property(name, about.value(), about.required(), field.getGenericType());
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
