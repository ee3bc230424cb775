package io.tiphys.tests.badinput;

import java.util.List;
import java.util.Map;

/**
 * A request and the answer it must get.
 *
 * @param title says what is wrong with the request
 * @param user whose token is sent: one of {@link TestServer#USERS}, or {@code nobody}
 * @param headers in their order; a name may come twice
 * @param body may hold macros, as the path and headers may ({@link Macros})
 * @param reason of the {@code Status}; {@code -} if the answer is no Status but plain text
 * @param message of the Status, or the text
 */
record Case(
    String title,
    String method,
    String path,
    String user,
    List<Map.Entry<String, String>> headers,
    String body,
    int code,
    String reason,
    String message) {

  /** What a failed test shows, beside what the server said. */
  String expected() {
    return render(code, reason, message);
  }

  static String render(int code, String reason, String message) {
    return code + " " + reason + "\n" + message;
  }
}
