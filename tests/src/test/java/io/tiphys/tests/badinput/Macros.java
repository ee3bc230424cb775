package io.tiphys.tests.badinput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what a text file cannot hold.
 *
 * <ul>
 *   <li>{@code {{repeat 5000 x}}}: a text many times
 *   <li>{@code {{hex c328}}}: bytes
 *   <li>{@code {{base64 text}}}: for continue tokens
 *   <li>{@code {{get /path field.of.object}}}: of an object on the server
 *   <li>{@code {{token NAMESPACE/NAME AUDIENCE}}}: a service account's
 * </ul>
 */
final class Macros {
  private static final Pattern MACRO =
      Pattern.compile("\\{\\{(repeat|hex|base64|get|token) (.*?)\\}\\}(?!\\})", Pattern.DOTALL);

  private final TestServer server;

  Macros(TestServer server) {
    this.server = server;
  }

  byte[] bytes(String template) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Matcher matcher = MACRO.matcher(template);
    int from = 0;
    while (matcher.find()) {
      out.writeBytes(utf8(template.substring(from, matcher.start())));
      out.writeBytes(value(matcher.group(1), matcher.group(2)));
      from = matcher.end();
    }
    out.writeBytes(utf8(template.substring(from)));
    return out.toByteArray();
  }

  String text(String template) {
    return new String(bytes(template), StandardCharsets.UTF_8);
  }

  private byte[] value(String name, String arguments) {
    int space = arguments.indexOf(' ');
    String first = space < 0 ? arguments : arguments.substring(0, space);
    String rest = space < 0 ? "" : arguments.substring(space + 1);
    return switch (name) {
      case "repeat" -> utf8(rest.repeat(Integer.parseInt(first)));
      case "hex" -> HexFormat.of().parseHex(arguments.replace(" ", ""));
      case "base64" ->
          utf8(Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(arguments)));
      case "get" -> utf8(server.field(first, rest));
      case "token" -> utf8(server.serviceAccountToken(first, rest));
      default -> throw new IllegalArgumentException("no macro " + name);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
