package io.tiphys.apiserver.rest;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch as a client sees it. */
public final class TestWatch implements AutoCloseable {
  public final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  TestWatch(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The next event; null at the stream's end. Waits. */
  public @Nullable JsonObject next() {
    try {
      String line = lines.readLine();
      return line == null ? null : (JsonObject) Json.parse(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next events in short: {@code ADDED a}. */
  public List<String> next(int count) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonObject event = next();
      if (event == null) {
        events.add("END");
        break;
      }
      events.add(
          event.string("type") + " " + event.object("object").object("metadata").string("name"));
    }
    return events;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
