package io.tiphys.apiserver.componentstatus;

import io.tiphys.apiserver.health.HealthCheck;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Answers gets and lists of {@code componentstatuses}, which nothing stores: the components are
 * asked, all at once. Deprecated upstream since 1.19, but still what documents tell people to look
 * at.
 */
public final class ComponentStatuses implements Action {
  private static final GroupResource RESOURCE = new GroupResource("", "componentstatuses");
  private static final String DEPRECATED = "v1 ComponentStatus is deprecated in v1.19+";

  private final List<HealthCheck> checks;

  /**
   * One status for each check.
   *
   * @param checks named as components: {@code etcd-0}, {@code scheduler}
   */
  public ComponentStatuses(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  @Override
  public JsonObject call(Call call) {
    call.context().warn(DEPRECATED);
    if (call.verb().equals("list")) {
      return JsonObject.of("items", JsonArray.of(all()));
    }
    return checks.stream()
        .filter(check -> check.name().equals(call.name()))
        .findFirst()
        .map(ComponentStatuses::status)
        .orElseThrow(() -> ApiException.notFound(RESOURCE, call.name()));
  }

  private List<JsonObject> all() {
    List<Future<JsonObject>> asked = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("component-", 0).factory())) {
      checks.forEach(check -> asked.add(threads.submit(() -> status(check))));
    }
    return asked.stream().map(Future::resultNow).toList();
  }

  private static JsonObject status(HealthCheck check) {
    JsonObject condition =
        check
            .fault()
            .map(fault -> JsonObject.of("type", "Healthy", "status", "False", "message", fault))
            .orElse(JsonObject.of("type", "Healthy", "status", "True", "message", "ok"));
    return JsonObject.of(
        "apiVersion",
        "v1",
        "kind",
        "ComponentStatus",
        "metadata",
        JsonObject.of("name", check.name()),
        "conditions",
        JsonArray.of(condition));
  }
}
