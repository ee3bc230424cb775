package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.client.ClientRequest;
import io.tiphys.apiserver.http.client.ClientResponse;
import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.apiserver.http.client.HttpConnection;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code log} of pods. */
final class PodLogs {
  private static final Set<String> STREAMS = Set.of("All", "Stdout", "Stderr");
  private static final String FOLLOW_TYPE = "text/plain";

  private final StoredObjects objects;
  private final Supplier<Kubelets> kubelets;

  PodLogs(StoredObjects objects, Supplier<Kubelets> kubelets) {
    this.objects = objects;
    this.kubelets = kubelets;
  }

  void log(Exchange exchange, RequestContext context) {
    Map<String, List<String>> parameters = context.parameters();
    Query query = query(context);
    PodTarget pod = PodTarget.find(objects, context);
    String container = pod.container(context.parameter("container"));
    if (pod.node().isEmpty()) {
      exchange.respond(Response.empty(200).with("content-type", FOLLOW_TYPE));
      return;
    }
    Endpoint kubelet =
        kubelets
            .get()
            .of(
                PodTarget.node(objects, pod.node().get()),
                Query.isSet(parameters, "insecureSkipTLSVerifyBackend"));
    String target = pod.path("containerLogs", container) + query;
    try {
      stream(exchange, kubelet, target, pod.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stream(Exchange exchange, Endpoint kubelet, String target, String pod)
      throws IOException {
    HttpConnection connection;
    ClientResponse response;
    try {
      connection = Passage.connect(exchange, kubelet);
      response = connection.send(new ClientRequest("GET", target, Headers.EMPTY, null));
    } catch (IOException e) {
      throw StreamErrors.unknown(
          "Get \"https://" + kubelet.authority() + target + "\": " + e.getMessage());
    }
    if (response.status() < 200 || response.status() > 206) {
      throw StreamErrors.logRefused(response, pod);
    }
    Passage.relay(exchange, response, Headers.of("content-type", FOLLOW_TYPE));
  }

  /** The kubelet's form of the options, which are checked here (upstream's PodLogOptions). */
  private static Query query(RequestContext context) {
    Map<String, List<String>> parameters = context.parameters();
    Long tail = number(context, "tailLines");
    Long bytes = number(context, "limitBytes");
    Long seconds = number(context, "sinceSeconds");
    String time = time(context.parameter("sinceTime"));
    String stream = context.parameter("stream");
    check(context.info().name(), tail, bytes, seconds, time, stream);
    return new Query()
        .addIf(Query.isSet(parameters, "follow"), "follow", "true")
        .addIf(Query.isSet(parameters, "previous"), "previous", "true")
        .addIf(Query.isSet(parameters, "timestamps"), "timestamps", "true")
        .addIf(seconds != null, "sinceSeconds", String.valueOf(seconds))
        .addIf(!time.isEmpty(), "sinceTime", time)
        .addIf(tail != null, "tailLines", String.valueOf(tail))
        .addIf(bytes != null, "limitBytes", String.valueOf(bytes))
        .addIf(!stream.isEmpty(), "stream", stream);
  }

  private static @Nullable Long number(RequestContext context, String name) {
    String text = context.parameter(name);
    try {
      return text.isEmpty() ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
  }

  private static String time(String text) {
    try {
      if (!text.isEmpty()) {
        OffsetDateTime ignored = OffsetDateTime.parse(text);
      }
      return text;
    } catch (DateTimeException e) {
      throw ApiException.badRequest("invalid sinceTime \"" + text + "\": RFC 3339 is required");
    }
  }

  private static void check(
      String pod,
      @Nullable Long tail,
      @Nullable Long bytes,
      @Nullable Long seconds,
      String time,
      String stream) {
    List<FieldError> errors = new ArrayList<>();
    if (tail != null && tail < 0) {
      errors.add(invalid("tailLines", tail, "must be greater than or equal to 0"));
    }
    if (bytes != null && bytes < 1) {
      errors.add(invalid("limitBytes", bytes, "must be greater than 0"));
    }
    if (seconds != null && !time.isEmpty()) {
      errors.add(
          FieldError.forbidden(
              FieldPath.ROOT, "at most one of `sinceTime` or `sinceSeconds` may be specified"));
    } else if (seconds != null && seconds < 1) {
      errors.add(invalid("sinceSeconds", seconds, "must be greater than 0"));
    }
    if (!stream.isEmpty() && !STREAMS.contains(stream)) {
      errors.add(
          FieldError.notSupported(
              FieldPath.of("stream"), JsonString.of(stream), List.of("All", "Stdout", "Stderr")));
    } else if (tail != null && !stream.isEmpty() && !stream.equals("All")) {
      errors.add(
          FieldError.forbidden(
              FieldPath.ROOT, "`tailLines` and specific `stream` are mutually exclusive for now"));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("", "PodLogOptions", pod, errors);
    }
  }

  private static FieldError invalid(String field, long value, String detail) {
    return FieldError.invalid(FieldPath.of(field), JsonNumber.of(value), detail);
  }
}
