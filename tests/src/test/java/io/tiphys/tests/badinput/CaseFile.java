package io.tiphys.tests.badinput;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of cases. A case is
 *
 * <pre>
 * === what is wrong
 * PUT /path?query
 * As: user
 * Header: value
 *
 * body
 * ---> 422 Invalid
 * message
 * </pre>
 *
 * <p>The user, the headers and the body may be left out. Lines that start with {@code #} between
 * cases are comments.
 */
final class CaseFile {
  private static final String TITLE = "=== ";
  private static final String ANSWER = "---> ";

  private final String file;
  private final List<String> lines;
  private int at;

  private CaseFile(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static List<Case> read(String file) {
    try (InputStream in = CaseFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no file " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new CaseFile(file, text.lines().toList()).cases();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.startsWith(TITLE)) {
        at++;
        cases.add(one(line.substring(TITLE.length())));
      } else if (line.isBlank() || line.startsWith("#")) {
        at++;
      } else {
        throw fault("a case starts with '" + TITLE + "'");
      }
    }
    return cases;
  }

  private Case one(String title) {
    String[] request = next().split(" ", 2);
    if (request.length < 2) {
      throw fault("expected METHOD PATH");
    }
    String user = "admin";
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    String line = next();
    while (!line.isBlank() && !line.startsWith(ANSWER)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw fault("expected NAME: VALUE");
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (name.equals("As")) {
        user = value;
      } else {
        headers.add(Map.entry(name, value));
      }
      line = next();
    }
    List<String> body = new ArrayList<>();
    if (line.isBlank()) {
      line = next();
    }
    while (!line.startsWith(ANSWER)) {
      body.add(line);
      line = next();
    }
    String[] answer = line.substring(ANSWER.length()).split(" ", 2);
    List<String> message = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).startsWith(TITLE)) {
      message.add(next());
    }
    while (!message.isEmpty()
        && (message.getLast().isBlank() || message.getLast().startsWith("#"))) {
      message.removeLast();
    }
    return new Case(
        title,
        request[0],
        request[1],
        user,
        List.copyOf(headers),
        String.join("\n", body),
        Integer.parseInt(answer[0]),
        answer.length < 2 ? "" : answer[1],
        String.join("\n", message));
  }

  private String next() {
    if (at == lines.size()) {
      throw fault("the last case is not complete");
    }
    return lines.get(at++);
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException(file + ":" + (at + 1) + ": " + what);
  }
}
