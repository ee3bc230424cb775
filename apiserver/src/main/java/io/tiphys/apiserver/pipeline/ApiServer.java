package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.authentication.AuthenticationException;
import io.tiphys.apiserver.authentication.Authenticator;
import io.tiphys.apiserver.authentication.Credentials;
import io.tiphys.apiserver.authentication.Impersonation;
import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.Forbidden;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.HttpHandler;
import io.tiphys.apiserver.http.RequestHead;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.representation.Output;
import io.tiphys.apiserver.request.Query;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.request.RequestInfoResolver;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.rest.Answers;
import io.tiphys.apiserver.rest.Failures;
import io.tiphys.apiserver.rest.ResourceHandler;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline that every request goes through: what it asks for, who asks, on whose behalf,
 * whether there is room, whether it is allowed; then the resource's or path's handler. All of this
 * happens on the event loop and blocks nowhere.
 */
public final class ApiServer implements HttpHandler {
  /** Longest audit ID taken from a client. */
  private static final int AUDIT_ID = 64;

  private final Authenticator authenticator;
  private final Impersonation impersonation;
  private final Authorizer authorizer;
  private final InFlight inFlight;
  private final Deadlines deadlines;
  private final ResourceCatalog catalog;
  private final ResourceHandler resources;
  private final PathHandlers paths;
  private final Answers answers;
  private final Requests requests;
  private final InstantSource clock;

  /**
   * What the pipeline is made of.
   *
   * @param requests told of each request's end, for metrics and logs
   */
  public record Parts(
      Authenticator authenticator,
      Authorizer authorizer,
      InFlight inFlight,
      Deadlines deadlines,
      ResourceCatalog catalog,
      ResourceHandler resources,
      PathHandlers paths,
      Answers answers,
      Requests requests,
      InstantSource clock) {}

  public ApiServer(Parts parts) {
    this.authenticator = parts.authenticator;
    this.impersonation = new Impersonation(parts.authorizer);
    this.authorizer = parts.authorizer;
    this.inFlight = parts.inFlight;
    this.deadlines = parts.deadlines;
    this.catalog = parts.catalog;
    this.resources = parts.resources;
    this.paths = parts.paths;
    this.answers = parts.answers;
    this.requests = parts.requests;
    this.clock = parts.clock;
  }

  @Override
  public void handle(Exchange transport) {
    Map<String, List<String>> parameters = Query.parse(transport.query());
    RequestInfo info =
        RequestInfoResolver.resolve(transport.method(), transport.path(), parameters);
    GuardedExchange exchange = new GuardedExchange(transport, info, requests, clock);
    try {
      UserInfo sender = authenticate(exchange, info);
      UserInfo user = impersonation.apply(sender, exchange.headers());
      String agent = exchange.header("user-agent");
      RequestContext context =
          new RequestContext(
              info,
              user,
              sender,
              parameters,
              agent == null ? "" : agent,
              auditId(exchange),
              clock.instant(),
              new CopyOnWriteArrayList<>());
      exchange.onFailure(failure -> fail(exchange, context, failure));
      if (!InFlight.isLong(info)) {
        exchange.limit(deadlines, deadlines.of(context));
      }
      exchange.onAnswer(inFlight.enter(info));
      authorize(context);
      dispatch(exchange, context);
    } catch (RuntimeException | StackOverflowError e) {
      exchange.failed(e, failure -> fail(exchange, null, failure));
    }
  }

  @Override
  public void refuse(Exchange exchange, ApiException why) {
    answers.error(exchange, null, Output.JSON, why);
  }

  @Override
  public boolean streamsBody(RequestHead head) {
    RequestInfo info =
        RequestInfoResolver.resolve(head.method(), head.path(), Query.parse(head.query()));
    return info.resourceRequest()
        && (info.verb().equals("proxy") || info.subresource().equals("proxy"));
  }

  private UserInfo authenticate(Exchange exchange, RequestInfo info) {
    Credentials credentials =
        new Credentials(
            BearerToken.of(exchange),
            exchange.clientCertificates(),
            exchange.remote(),
            info.path());
    try {
      Optional<UserInfo> user = authenticator.authenticate(credentials);
      if (user.isPresent()) {
        return user.get();
      }
    } catch (AuthenticationException e) {
      requests.refused(credentials, e);
    }
    throw ApiException.of(Reason.UNAUTHORIZED, "Unauthorized");
  }

  private void authorize(RequestContext context) {
    Attributes attributes = attributes(context);
    Verdict verdict = authorizer.authorize(attributes);
    if (!verdict.allowed()) {
      throw Forbidden.of(attributes, verdict.reason());
    }
  }

  private static Attributes attributes(RequestContext context) {
    RequestInfo info = context.info();
    Attributes attributes = Attributes.of(context.user(), info);
    String fields = context.parameter("fieldSelector");
    String labels = context.parameter("labelSelector");
    return fields.isEmpty() && labels.isEmpty()
        ? attributes
        : new Attributes(
            attributes.user(),
            attributes.verb(),
            attributes.group(),
            attributes.version(),
            attributes.resource(),
            attributes.subresource(),
            attributes.namespace(),
            attributes.name(),
            attributes.resourceRequest(),
            attributes.path(),
            fields,
            labels);
  }

  private void dispatch(GuardedExchange exchange, RequestContext context) {
    RequestInfo info = context.info();
    if (info.resourceRequest() && paths.exact(info.path()) == null) {
      if (catalog.find(info.groupVersion(), info.resource()).isEmpty() && !served(info)) {
        exchange.respond(notFound());
        return;
      }
      resources.handle(exchange, context);
      return;
    }
    PathHandler handler = paths.find(info.path());
    if (handler == null) {
      exchange.respond(notFound());
    } else {
      handler.handle(exchange, context);
    }
  }

  /** Whether the server knows the group and version, if not the resource. */
  private boolean served(RequestInfo info) {
    return catalog.all().stream()
        .anyMatch(t -> t.resource().groupVersion().equals(info.groupVersion()));
  }

  private static Response notFound() {
    return Response.text(404, "404 page not found\n");
  }

  private void fail(GuardedExchange exchange, @Nullable RequestContext context, Throwable failure) {
    ApiException error = Failures.of(failure);
    requests.failed(exchange, error, failure);
    if (!exchange.answered()) {
      answers.error(exchange, context, Output.JSON, error);
    }
  }

  private static String auditId(Exchange exchange) {
    String given = exchange.header("audit-id");
    if (given == null || given.isEmpty()) {
      return AuditIds.next();
    }
    return given.length() > AUDIT_ID ? given.substring(0, AUDIT_ID) : given;
  }
}
