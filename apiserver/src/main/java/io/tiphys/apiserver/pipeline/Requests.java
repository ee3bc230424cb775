package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.authentication.AuthenticationException;
import io.tiphys.apiserver.authentication.Credentials;
import io.tiphys.apiserver.http.RequestHead;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.status.ApiException;
import java.time.Duration;

/** Hears of what happens to requests: for metrics, logs and (later) the audit log. */
public interface Requests {
  /** Hears nothing. */
  Requests UNHEARD = new Requests() {};

  /** An answer has begun; the duration is since the request arrived. */
  default void answered(RequestInfo info, int status, Duration took) {}

  /** Credentials were not valid. */
  default void refused(Credentials credentials, AuthenticationException why) {}

  /** A request failed; the cause is the error itself unless it is a defect of the server. */
  default void failed(RequestHead request, ApiException error, Throwable cause) {}
}
