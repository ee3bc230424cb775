package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
  private final TokenFile file =
      TokenFile.parse(
          "tokens.csv",
          """
          t1,jane,u1,"dev,ops"
          t2,"joe ""j"" doe",u2

          ,nobody,u3
          t4,ann,u4,one
          """);

  @Test
  void usersHaveNameUidAndGroups() {
    assertThat(file.authenticate("t1"))
        .contains(new UserInfo("jane", "u1", List.of("dev", "ops"), Map.of()));
    assertThat(file.authenticate("t2"))
        .contains(new UserInfo("joe \"j\" doe", "u2", List.of(), Map.of()));
    assertThat(file.authenticate("t4"))
        .contains(new UserInfo("ann", "u4", List.of("one"), Map.of()));
  }

  @Test
  void otherTokensAreUnknown() {
    assertThat(file.authenticate("t5")).isEmpty();
    assertThat(file.authenticate("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "t,jane | must have at least 3 columns (token, user name, user uid), found 2",
        "t,jane,u,\"dev | a quote (\") is not closed",
        "t,jane,u,\"dev\"x | text after a closing quote (\")",
        "t,ja\"ne,u | a quote (\") in a column without quotes",
      })
  void errorsNameFileAndLine(String line, String message) {
    assertThatThrownBy(() -> TokenFile.parse("tokens.csv", "a,b,c\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tokens.csv:2: ")
        .hasMessageContaining(message);
  }
}
