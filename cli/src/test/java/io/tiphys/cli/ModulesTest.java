package io.tiphys.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Who may import whom: the table of docs/decisions/0001-modules.md. What is not listed is
 * forbidden.
 */
class ModulesTest {
  private static final String ROOT = "io.tiphys.";
  private static final Set<String> BACK_ENDS =
      Set.of("io.tiphys.store.memory", "io.tiphys.store.embedded");

  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "model", Set.of(),
          "store", Set.of(),
          "apiserver", Set.of("model", "store"),
          "bootstrap", Set.of("model"),
          "server", Set.of("model", "store", "apiserver", "bootstrap"),
          "cli", Set.of("server"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tiphys");

  private static String module(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  @Test
  void modulesImportOnlyWhatTheTableAllows() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String from = module(type);
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(ModulesTest::module)
          .filter(to -> !to.equals(from) && !ALLOWED.getOrDefault(from, Set.of()).contains(to))
          .forEach(to -> violations.add(type.getName() + " -> " + to));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void everyModuleIsInTheTable() {
    assertThat(CLASSES.stream().map(ModulesTest::module).distinct())
        .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
  }

  @Test
  void onlyTheServerModuleSeesStoreBackEnds() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (module(type).equals("server") || module(type).equals("store")) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(BACK_ENDS::contains)
          .forEach(to -> violations.add(type.getName() + " -> " + to));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.tiphys.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
