package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.Forbidden;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.request.RequestInfo;

/** Checks that who may update or patch may also create, where there was nothing to update. */
final class CreationPermit {
  private final Authorizer authorizer;

  CreationPermit(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * @throws io.tiphys.model.status.ApiException Forbidden
   */
  void check(Call call) {
    RequestInfo info = call.info();
    Attributes attributes =
        new Attributes(
            call.context().user(),
            "create",
            info.group(),
            info.version(),
            info.resource(),
            info.subresource(),
            info.namespace(),
            info.name(),
            true,
            info.path(),
            "",
            "");
    Verdict verdict = authorizer.authorize(attributes);
    if (!verdict.allowed()) {
      throw Forbidden.of(attributes, verdict.reason());
    }
  }
}
