package io.tiphys.apiserver.kinds.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.catalog.NamedGroups;
import io.tiphys.apiserver.kinds.SchemaRules;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Defaults;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Manifests from old documents become valid objects of today, and can be read as they were. */
class LegacyManifestsTest {
  private final Map<String, Map<String, Strategy>> strategies =
      NamedGroups.strategies(InstantSource.system());

  @TestFactory
  List<DynamicTest> oldManifestsAreAccepted() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/kinds/legacy/manifests.yaml")) {
      return YamlReader.readAll(Objects.requireNonNull(in).readAllBytes()).stream()
          .map(document -> (JsonObject) document.value())
          .map(manifest ->
              DynamicTest.dynamicTest(
                  manifest.string("apiVersion") + " " + manifest.string("kind"),
                  () -> accepted(manifest)))
          .toList();
    }
  }

  private void accepted(JsonObject manifest) {
    GroupVersionKind served =
        GroupVersion.parse(manifest.string("apiVersion")).kind(manifest.string("kind"));
    LegacyKind kind = LegacyConversions.find(served).orElseThrow();
    JsonObject defaulted =
        Schema.kubernetes()
            .kind(served)
            .map(type -> Defaults.apply(type, manifest))
            .orElse(manifest);
    StructType type = Schema.kubernetes().kind(kind.stored()).orElseThrow();
    Strategy strategy = strategy(kind.stored());
    JsonObject converted =
        kind.conversion()
            .toStorage(kind.conversion().defaults(defaulted))
            .with("apiVersion", kind.stored().apiVersion())
            .with("kind", kind.stored().kind());
    JsonObject stored =
        strategy.prepareForCreate(strategy.defaults(Defaults.apply(type, converted)));
    FieldErrors errors = new FieldErrors();
    strategy.validate(stored, errors);
    SchemaRules.validate(type, stored, errors);
    assertThat(errors.list()).as("%s", stored).isEmpty();
    JsonObject readAgain = kind.conversion().fromStorage(stored);
    assertThat(kind.conversion().toStorage(readAgain)).isEqualTo(stored);
  }

  private Strategy strategy(GroupVersionKind kind) {
    String name = kind.kind().toLowerCase(Locale.ROOT);
    Map<String, Strategy> group = strategies.get(kind.group());
    return Stream.of(name + "s", name + "es", name.replaceFirst("y$", "ies"))
        .filter(group::containsKey)
        .map(group::get)
        .findFirst()
        .orElseThrow();
  }
}
