package io.tiphys.tests.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that must be refused, each with its exact code, reason and message. The cases are data:
 * the text files beside this class. {@code {{*}}} in a message stands for anything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final List<String> FILES =
      List.of(
          "bodies.txt",
          "metadata.txt",
          "parameters.txt",
          "paths.txt",
          "patches.txt",
          "kinds.txt",
          "updates.txt",
          "identity.txt",
          "subresources.txt");

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicContainer> refuses() {
    return FILES.stream()
        .map(file ->
            DynamicContainer.dynamicContainer(
                file,
                CaseFile.read(file).stream()
                    .map(c -> DynamicTest.dynamicTest(c.title(), () -> check(c)))));
  }

  @Test
  void hasAllTheCasesThatItShould() {
    List<Case> all = FILES.stream().flatMap(file -> CaseFile.read(file).stream()).toList();
    assertThat(all).hasSizeGreaterThan(300);
    assertThat(all.stream().map(Case::title)).doesNotHaveDuplicates();
  }

  private void check(Case c) {
    Macros macros = new Macros(server);
    String expected = macros.text(c.expected());
    String actual = rendered(server.send(c, macros));
    if (expected.contains("{{*}}")) {
      String pattern =
          Stream.of(expected.split(Pattern.quote("{{*}}"), -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      assertThat(actual).matches(Pattern.compile(pattern, Pattern.DOTALL));
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static String rendered(Http1.Answer answer) {
    String type = answer.headers().getOrDefault("content-type", "");
    if (!type.startsWith("application/json")) {
      return Case.render(answer.code(), "-", answer.text().strip());
    }
    JsonObject status = TestServer.object(answer);
    return Case.render(
        (int) status.number("code", answer.code()),
        status.string("kind").equals("Status") ? status.string("reason") : status.string("kind"),
        status.string("message").strip());
  }
}
