package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls of actions, as a client without a name makes them. */
final class Calls {
  private static final UserInfo USER = new UserInfo("test", "", List.of(), Map.of());

  private Calls() {}

  static Action.Call create(
      FakeRegistry registry,
      GroupResource resource,
      String namespace,
      String name,
      JsonObject body,
      boolean dryRun) {
    RequestInfo info =
        new RequestInfo(true, "", "create", "", "v1", namespace, resource.resource(), "", name, "");
    RequestContext context =
        new RequestContext(
            info, USER, USER, Map.of(), "", "", Instant.EPOCH, new CopyOnWriteArrayList<>());
    return new Action.Call(
        context, registry.stored().type(resource), "create", namespace, name, body, dryRun);
  }
}
