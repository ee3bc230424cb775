package io.tiphys.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final Map<String, Function<String, List<String>>> RULES =
      Map.ofEntries(
          Map.entry("label", Names::dnsLabel),
          Map.entry("subdomain", Names::dnsSubdomain),
          Map.entry("1035", Names::dns1035Label),
          Map.entry("wildcard", Names::wildcardDnsSubdomain),
          Map.entry("qualified", Names::qualifiedName),
          Map.entry("value", Names::labelValue),
          Map.entry("port", Names::portName),
          Map.entry("path", Names::pathSegment),
          Map.entry("percent", Names::percent),
          Map.entry("configKey", Names::configMapKey),
          Map.entry("env", Names::envVarName),
          Map.entry("header", Names::httpHeaderName),
          Map.entry("c", Names::cIdentifier));

  @ParameterizedTest
  @CsvSource({
    "label, a",
    "label, 1-a",
    "subdomain, example.com",
    "subdomain, 1.2-3.x",
    "1035, my-name",
    "wildcard, *.example.com",
    "qualified, app",
    "qualified, example.com/My_Name.x",
    "value, ''",
    "value, A.b_c-1",
    "port, http",
    "port, a-1",
    "path, system:node",
    "percent, 150%",
    "configKey, .hidden_file-1",
    "env, my.env-NAME",
    "header, X-A",
    "c, _a1",
  })
  void goodNamesPass(String rule, String name) {
    assertThat(RULES.get(rule).apply(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label | A | a lowercase RFC 1123 label must consist of lower case alphanumeric characters"
            + " or '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
            + " or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        "label | a.b | must not contain dots",
        "subdomain | a_b | a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g."
            + " 'example.com', regex used for validation is"
            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "1035 | 1a | a DNS-1035 label must consist of lower case alphanumeric characters or '-',"
            + " start with an alphabetic character, and end with an alphanumeric character (e.g."
            + " 'my-name',  or 'abc-123', regex used for validation is"
            + " '[a-z]([-a-z0-9]*[a-z0-9])?')",
        "port | 12345678901234567890 | must be no more than 15 bytes; must contain at least"
            + " one letter (a-z)",
        "port | a--b | must not contain consecutive hyphens",
        "path | a/b%c | may not contain '/'; may not contain '%'",
        "path | .. | may not be '..'",
        "qualified | /x | prefix part must be non-empty",
        "configKey | ..a | must not start with '..'",
      })
  void faultsAreToldInUpstreamsWords(String rule, String name, String faults) {
    assertThat(String.join("; ", RULES.get(rule).apply(name))).isEqualTo(faults);
  }

  @Test
  void lengthsAreBounded() {
    assertThat(Names.dnsSubdomain("a".repeat(253))).isEmpty();
    assertThat(Names.dnsSubdomain("a".repeat(254)))
        .containsExactly("must be no more than 253 bytes");
    assertThat(Names.qualifiedName("a".repeat(64)))
        .containsExactly("name part must be no more than 63 bytes");
    assertThat(Names.dnsSubdomain("a".repeat(1_000_000))).hasSize(2);
    assertThat(Names.dnsLabel("a.".repeat(100_000))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "010.001.0.1, 10.1.0.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "::ffff:10.0.0.1, 10.0.0.1",
    "64:ff9b::10.0.0.1, 64:ff9b::a00:1",
  })
  void addressesAreReadAndWritten(String text, String canonical) {
    assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.x",
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7::8",
        "::1.2.3",
        "1.2.3.4::",
        "g::"
      })
  void otherTextsAreNoAddresses(String text) {
    assertThat(IpAddress.check(text))
        .containsExactly("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  @Test
  void cidrsAreReadAndContainAddresses() {
    Cidr cidr = Cidr.parse("10.96.3.4/16").orElseThrow();
    assertThat(cidr.block()).hasToString("10.96.0.0/16");
    assertThat(cidr.contains(IpAddress.parse("10.96.255.255").orElseThrow())).isTrue();
    assertThat(cidr.contains(IpAddress.parse("10.97.0.0").orElseThrow())).isFalse();
    assertThat(Cidr.parse("2001:db8::/33").orElseThrow().block()).hasToString("2001:db8::/33");
    for (String bad :
        List.of("", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "x/1", "1.1.1.1/")) {
      assertThat(Cidr.check(bad))
          .containsExactly("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
  }
}
