package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens from a file ({@code --token-auth-file}): CSV lines {@code token,user,uid,"group1,group2"},
 * of which the groups may be missing (upstream documentation, "Static token file").
 */
public final class TokenFile implements TokenAuthenticator.Plain {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

  private final Map<String, UserInfo> users;

  private TokenFile(Map<String, UserInfo> users) {
    this.users = Map.copyOf(users);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is malformed; the message names file and line
   */
  public static TokenFile read(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads a file's text.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException if the text is malformed; the message names file and line
   */
  public static TokenFile parse(String name, String text) {
    Map<String, UserInfo> users = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      String at = name + ":" + ++number;
      if (line.isEmpty()) {
        continue;
      }
      List<String> columns = columns(at, line);
      if (columns.size() < 3) {
        throw new IllegalArgumentException(
            at
                + ": a token file must have at least 3 columns (token, user name, user uid), found "
                + columns.size());
      }
      if (columns.getFirst().isEmpty()) {
        LOG.warn("{}: the token is empty, the line is left out", at);
        continue;
      }
      if (users.put(columns.getFirst(), user(columns)) != null) {
        LOG.warn("{}: the token stood on an earlier line already, this line counts", at);
      }
    }
    return new TokenFile(users);
  }

  private static UserInfo user(List<String> columns) {
    List<String> groups =
        columns.size() < 4 || columns.get(3).isEmpty()
            ? List.of()
            : List.of(columns.get(3).split(",", -1));
    return new UserInfo(columns.get(1), columns.get(2), groups, Map.of());
  }

  /** Splits a line of CSV (RFC 4180). */
  private static List<String> columns(String at, String line) {
    List<String> columns = new ArrayList<>();
    int i = 0;
    while (true) {
      StringBuilder column = new StringBuilder();
      if (i < line.length() && line.charAt(i) == '"') {
        i = quoted(at, line, i + 1, column);
      } else {
        int comma = line.indexOf(',', i);
        int end = comma < 0 ? line.length() : comma;
        column.append(line, i, end);
        if (column.indexOf("\"") >= 0) {
          throw new IllegalArgumentException(at + ": a quote (\") in a column without quotes");
        }
        i = end;
      }
      columns.add(column.toString());
      if (i == line.length()) {
        return columns;
      }
      i++;
    }
  }

  /** Reads a column from after its opening quote; returns where its comma or the line's end is. */
  private static int quoted(String at, String line, int start, StringBuilder column) {
    int i = start;
    while (true) {
      int quote = line.indexOf('"', i);
      if (quote < 0) {
        throw new IllegalArgumentException(at + ": a quote (\") is not closed");
      }
      column.append(line, i, quote);
      i = quote + 1;
      if (i == line.length() || line.charAt(i) == ',') {
        return i;
      }
      if (line.charAt(i) != '"') {
        throw new IllegalArgumentException(at + ": text after a closing quote (\")");
      }
      column.append('"');
      i++;
    }
  }

  @Override
  public Optional<UserInfo> authenticate(String token) {
    return Optional.ofNullable(users.get(token));
  }
}
