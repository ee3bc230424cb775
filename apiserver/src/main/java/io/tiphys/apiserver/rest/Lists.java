package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.representation.Chunks;
import io.tiphys.apiserver.representation.Gzip;
import io.tiphys.apiserver.representation.JoinedObjects;
import io.tiphys.apiserver.representation.ListBody;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.request.ListOptions;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers lists. Long ones are sent in chunks, as fast as the client takes them. */
final class Lists {
  private final ListReader reader;
  private final Representation representation;
  private final Objects objects;
  private final RecentLists recent = new RecentLists();

  Lists(ListReader reader, Representation representation, Objects objects) {
    this.reader = reader;
    this.representation = representation;
    this.objects = objects;
  }

  /** May be called on the event loop; goes on elsewhere if the answer takes waiting or work. */
  void list(Call call) {
    ListOptions options = ListOptions.of(call.context().parameters(), false);
    Selection selection =
        Selection.of(call.type(), options.labelSelector(), options.fieldSelector());
    Optional<ContinueToken> token =
        options.continueToken().isEmpty()
            ? Optional.empty()
            : Optional.of(ContinueToken.decode(options.continueToken()));
    ListReader.Moment moment = ListReader.moment(options, token);
    ResourceCache cache = objects.cache(call.type());
    boolean cheap =
        reader.isAtHand(moment, cache) && representation.isShared(call.type(), call.output());
    Runnable answer = () -> answer(call, options, selection, moment, token, cache);
    if (cheap) {
      answer.run();
    } else {
      call.exchange().dispatch(answer);
    }
  }

  private void answer(
      Call call,
      ListOptions options,
      Selection selection,
      ListReader.Moment moment,
      Optional<ContinueToken> token,
      ResourceCache cache) {
    ResourceType type = call.type();
    String prefix = type.prefix(call.namespace());
    String from = token.map(t -> prefix + t.start()).orElse(prefix);
    ListReader.Found found = reader.find(moment, cache, from, prefix, token);
    if (representation.isShared(type, call.output())) {
      shared(call, options, selection, found, prefix);
    } else {
      ListReader.Page page = ListReader.page(found, selection, prefix, options.limit());
      JsonObject metadata = ListBody.metadata(page.revision(), page.next(), page.remaining());
      byte[] body =
          representation.list(
              type,
              metadata,
              page.objects().stream().map(o -> o.tree()).toList(),
              call.output(),
              call.context());
      send(call, single(body));
    }
  }

  private void shared(
      Call call, ListOptions options, Selection selection, ListReader.Found found, String prefix) {
    if (options.limit() > 0) {
      ListReader.Page page = ListReader.page(found, selection, prefix, options.limit());
      JsonObject metadata = ListBody.metadata(page.revision(), page.next(), page.remaining());
      Iterator<CachedObject> objects = page.objects().iterator();
      JoinedObjects joined = new JoinedObjects(() -> objects.hasNext() ? objects.next() : null);
      send(call, new ListBody(call.type(), metadata, joined));
      return;
    }
    JsonObject metadata = ListBody.metadata(found.revision(), "", -1);
    JoinedObjects joined =
        selection.isEverything()
            ? recent.objects(prefix, found)
            : new JoinedObjects(() -> {
              var object = found.objects().next();
              while (object != null && !selection.matches(object.tree())) {
                object = found.objects().next();
              }
              return object;
            });
    send(call, new ListBody(call.type(), metadata, joined));
  }

  private static Chunks single(byte[] body) {
    Iterator<byte[]> one = List.of(body).iterator();
    return () -> one.hasNext() ? one.next() : null;
  }

  private static void send(Call call, Chunks body) {
    Headers headers = Answers.headers(call.context(), call.output().contentType(false));
    byte[] first = body.next();
    if (first == null) {
      throw new IllegalStateException("a list without a beginning");
    }
    byte[] second = body.next();
    if (Gzip.wanted(call.exchange(), first.length + (second == null ? 0L : Gzip.THRESHOLD))) {
      call.exchange().dispatch(() -> compressed(call, headers, first, second, body));
    } else if (second == null) {
      call.exchange().respond(new Response(200, headers, first));
    } else {
      ResponseStream stream = call.exchange().stream(200, headers, ResponseStream.LIST);
      stream.write(first);
      new Pump(stream, second, body).run();
    }
  }

  private static void compressed(
      Call call, Headers headers, byte[] first, byte @Nullable [] second, Chunks rest) {
    ResponseStream stream = call.exchange().stream(200, Gzip.mark(headers), ResponseStream.LIST);
    try (OutputStream out = Gzip.stream(stream.output())) {
      out.write(first);
      for (byte[] chunk = second; chunk != null; chunk = rest.next()) {
        out.write(chunk);
      }
    } catch (IOException e) {
      stream.abort();
      throw new UncheckedIOException("the client went away", e);
    }
  }

  /** Sends chunks while there is room, and goes on when there is room again. */
  private static final class Pump implements Runnable {
    private final ResponseStream stream;
    private final Chunks rest;
    private byte @Nullable [] next;

    Pump(ResponseStream stream, byte[] next, Chunks rest) {
      this.stream = stream;
      this.next = next;
      this.rest = rest;
    }

    @Override
    public void run() {
      while (next != null) {
        byte[] chunk = next;
        next = rest.next();
        if (!stream.write(chunk) && next != null) {
          stream.onWritable(this);
          return;
        }
      }
      stream.end();
    }
  }
}
