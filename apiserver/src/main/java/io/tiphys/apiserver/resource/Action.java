package io.tiphys.apiserver.resource;

import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests on something that is computed rather than stored: reviews, tokens, bindings,
 * evictions, scales. Runs on a virtual thread and may block.
 */
@FunctionalInterface
public interface Action {

  /**
   * One call.
   *
   * @param body the decoded, defaulted and type-checked body; null for verbs without one
   * @param name of the object or the parent object; "" for creations of reviews; a list has one if
   *     its selector names one
   */
  record Call(
      RequestContext context,
      ResourceType type,
      String verb,
      String namespace,
      String name,
      @Nullable JsonObject body,
      boolean dryRun) {}

  /**
   * The object to answer with; for a list one whose {@code items} are all there is. Failures are
   * {@link io.tiphys.model.status.ApiException}s.
   */
  JsonObject call(Call call);
}
