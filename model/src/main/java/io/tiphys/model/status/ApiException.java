package io.tiphys.model.status;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.validation.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that failed, as the {@code Status} that its client gets. The factory methods give the
 * messages that clients know from upstream.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient JsonObject status;

  private ApiException(JsonObject status, @Nullable Throwable cause) {
    super(status.string("message"), cause);
    this.status = status;
  }

  /** An error with these details ({@code Status.details}); empty details are left out. */
  public static ApiException of(Reason reason, String message, JsonObject details) {
    return new ApiException(status(reason, message, details), null);
  }

  public static ApiException of(Reason reason, String message) {
    return of(reason, message, JsonObject.EMPTY);
  }

  /** An error answered by another server, passed on as it is. */
  public static ApiException of(JsonObject status) {
    return new ApiException(status, null);
  }

  public static ApiException badRequest(String message) {
    return of(Reason.BAD_REQUEST, message);
  }

  /** {@code pods "x" not found}. */
  public static ApiException notFound(GroupResource resource, String name) {
    return of(Reason.NOT_FOUND, resource + " \"" + name + "\" not found", details(resource, name));
  }

  /** {@code pods "x" already exists}. */
  public static ApiException alreadyExists(GroupResource resource, String name) {
    return of(
        Reason.ALREADY_EXISTS,
        resource + " \"" + name + "\" already exists",
        details(resource, name));
  }

  /** {@code Operation cannot be fulfilled on pods "x": why}. */
  public static ApiException conflict(GroupResource resource, String name, String why) {
    return of(
        Reason.CONFLICT,
        "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why,
        details(resource, name));
  }

  /** {@code pods "x" is forbidden: why}. */
  public static ApiException forbidden(GroupResource resource, String name, String why) {
    String what = resource.resource().isEmpty() ? "" : resource.toString();
    String text = what.isEmpty() ? "forbidden" : what + (name.isEmpty() ? "" : " \"" + name + "\"");
    return of(
        Reason.FORBIDDEN,
        what.isEmpty() ? text + ": " + why : text + " is forbidden: " + why,
        details(resource, name));
  }

  /** {@code Pod "x" is invalid: spec.containers: Required value}, a cause for each error. */
  public static ApiException invalid(
      String group, String kind, String name, List<FieldError> errors) {
    List<String> messages = errors.stream().map(FieldError::message).distinct().toList();
    String all =
        messages.size() == 1 ? messages.getFirst() : "[" + String.join(", ", messages) + "]";
    JsonArray causes = JsonArray.of(errors.stream().map(FieldError::cause).toList());
    return of(
        Reason.INVALID,
        kind + (group.isEmpty() ? "" : "." + group) + " \"" + name + "\" is invalid: " + all,
        details(new GroupResource(group, kind), name).with("causes", causes));
  }

  /** 429; the client waits this many seconds. */
  public static ApiException tooManyRequests(String message, int retryAfterSeconds) {
    return of(
        Reason.TOO_MANY_REQUESTS, message, JsonObject.of("retryAfterSeconds", retryAfterSeconds));
  }

  /** A defect of the server; the cause is logged, the client gets its message. */
  public static ApiException internal(Throwable cause) {
    String message = "Internal error occurred: " + cause.getMessage();
    JsonObject details =
        JsonObject.of(
            "causes", JsonArray.of(JsonObject.of("message", String.valueOf(cause.getMessage()))));
    return new ApiException(status(Reason.INTERNAL_ERROR, message, details), cause);
  }

  private static JsonObject details(GroupResource resource, String name) {
    JsonObject details = JsonObject.EMPTY;
    if (!name.isEmpty()) {
      details = details.with("name", name);
    }
    if (!resource.group().isEmpty()) {
      details = details.with("group", resource.group());
    }
    return resource.resource().isEmpty() ? details : details.with("kind", resource.resource());
  }

  private static JsonObject status(Reason reason, String message, JsonObject details) {
    JsonObject status =
        JsonObject.of(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            JsonObject.EMPTY,
            "status",
            "Failure",
            "message",
            message,
            "reason",
            reason.text(),
            "code",
            reason.code());
    return details.isEmpty() ? status : status.with("details", details);
  }

  /** The {@code Status} object to send. */
  public JsonObject status() {
    return status;
  }

  /** The HTTP status code. */
  public int code() {
    return (int) status.number("code", 500);
  }

  public String reason() {
    return status.string("reason");
  }

  public boolean is(Reason reason) {
    return reason.text().equals(reason());
  }
}
