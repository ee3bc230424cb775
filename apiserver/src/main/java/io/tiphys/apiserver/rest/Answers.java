package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.representation.Format;
import io.tiphys.apiserver.representation.Gzip;
import io.tiphys.apiserver.representation.Output;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends answers: objects, Statuses, errors. */
public final class Answers {
  /** All warnings together; upstream's limit. */
  private static final int WARNINGS = 4096;

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private final Representation representation;

  public Answers(Representation representation) {
    this.representation = representation;
  }

  /** Sends an object of the cache; in the plain form without encoding anything. */
  void object(Call call, int status, CachedObject object) {
    if (representation.isShared(call.type(), call.output())) {
      send(call.exchange(), call.context(), call.output(), status, object.json());
    } else {
      tree(call, status, object.tree());
    }
  }

  /** Sends an object in the storage version. */
  void tree(Call call, int status, JsonObject stored) {
    send(
        call.exchange(),
        call.context(),
        call.output(),
        status,
        representation.object(call.type(), stored, call.output(), call.context()));
  }

  void written(Call call, int status, Written written) {
    CachedObject stored = written.stored();
    if (stored == null) {
      tree(call, status, written.tree());
    } else {
      object(call, status, stored);
    }
  }

  /** Sends a list of objects in the storage version. */
  void list(Call call, JsonObject metadata, List<JsonObject> stored) {
    encoded(
        call,
        200,
        representation.list(call.type(), metadata, stored, call.output(), call.context()));
  }

  /** Sends a body that is encoded already. */
  void encoded(Call call, int status, byte[] body) {
    send(call.exchange(), call.context(), call.output(), status, body);
  }

  /** Sends something that is neither table nor partial: a review, a Scale, a Status. */
  public void plain(
      Exchange exchange, RequestContext context, Output output, int status, JsonObject tree) {
    Output plain = new Output(output.format(), Output.View.OBJECT, "", output.pretty());
    send(exchange, context, plain, status, representation.encode(tree, plain));
  }

  /** Sends a failure. */
  public void error(
      Exchange exchange, @Nullable RequestContext context, Output output, ApiException error) {
    String accept = exchange.header("accept");
    Format format =
        accept != null && (accept.equals(PROTOBUF) || accept.startsWith(PROTOBUF + ","))
            ? Format.PROTOBUF
            : output.format();
    Output plain = new Output(format, Output.View.OBJECT, "", output.pretty());
    byte[] body = representation.encode(error.status(), plain);
    Headers headers = headers(context, plain.contentType(false));
    long retryAfter = error.status().object("details").number("retryAfterSeconds", 0);
    if (retryAfter > 0) {
      headers = headers.with("retry-after", Long.toString(retryAfter));
    }
    exchange.respond(new Response(error.code(), headers, body));
  }

  /** The {@code Status} that a deletion answers with. */
  static JsonObject deleted(Call call, JsonObject gone) {
    JsonObject details =
        JsonObject.of("name", ObjectMeta.name(gone), "kind", call.type().resource().resource());
    if (!call.resource().group().isEmpty()) {
      details = details.with("group", call.resource().group());
    }
    String uid = gone.object("metadata").string("uid");
    return JsonObject.of(
        "kind",
        "Status",
        "apiVersion",
        "v1",
        "metadata",
        JsonObject.EMPTY,
        "status",
        "Success",
        "details",
        uid.isEmpty() ? details : details.with("uid", uid));
  }

  private void send(
      Exchange exchange, RequestContext context, Output output, int status, byte[] body) {
    Headers headers = headers(context, output.contentType(false));
    if (Gzip.wanted(exchange, body.length)) {
      exchange.respond(new Response(status, Gzip.mark(headers), Gzip.compress(body)));
    } else {
      exchange.respond(new Response(status, headers, body));
    }
  }

  /** The headers of every answer. */
  static Headers headers(@Nullable RequestContext context, String contentType) {
    if (context == null) {
      return Headers.of("cache-control", "no-cache, private", "content-type", contentType);
    }
    Headers headers =
        Headers.of(
            "audit-id",
            context.auditId(),
            "cache-control",
            "no-cache, private",
            "content-type",
            contentType);
    for (String warning : warnings(context.warnings())) {
      headers = headers.with("warning", warning);
    }
    return headers;
  }

  /** RFC 7234 §5.5: {@code 299 - "text"}. */
  private static List<String> warnings(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<String> headers = new ArrayList<>();
    int size = 0;
    for (String text : texts) {
      String quoted = JsonString.of(text.replaceAll("\\p{Cntrl}", " ")).toString();
      // A header's characters are bytes; UTF-8 goes in as it is.
      String bytes =
          new String(quoted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      size += bytes.length();
      if (size <= WARNINGS) {
        headers.add("299 - " + bytes);
      }
    }
    return headers;
  }
}
