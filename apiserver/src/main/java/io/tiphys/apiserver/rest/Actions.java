package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import java.util.List;

/** Answers requests on what is computed rather than stored; on virtual threads. */
final class Actions {
  private final BodyReader bodies;
  private final Behaviours behaviours;
  private final Answers answers;
  private final AdmissionChain admission;

  Actions(BodyReader bodies, Behaviours behaviours, Answers answers, AdmissionChain admission) {
    this.admission = admission;
    this.bodies = bodies;
    this.behaviours = behaviours;
    this.answers = answers;
  }

  void call(Call call) {
    ResourceType type = call.type();
    Subresource part = call.subresource();
    Action action =
        part == null
            ? behaviours.actions().get(type.stored().resource().groupResource().toString())
            : part.action();
    if (action == null) {
      throw ResourceHandler.unknown();
    }
    boolean creates = call.verb().equals("create");
    WriteOptions options =
        WriteOptions.of(call.context().parameters(), creates ? "CreateOptions" : "UpdateOptions");
    JsonObject body = null;
    if (creates || call.verb().equals("update")) {
      GroupVersionKind kind = part == null ? type.kind() : part.kind();
      body = bodies.read(call, kind, part == null ? type.schema() : part.schema(), options);
    }
    if (creates && body != null) {
      body = admitted(call, body, options);
    }
    JsonObject answer =
        action.call(
            new Action.Call(
                call.context(),
                type,
                call.verb(),
                call.namespace(),
                call.name(),
                body,
                options.dryRun()));
    if (part == null && !creates) {
      read(call, answer);
    } else {
      answers.plain(call.exchange(), call.context(), call.output(), creates ? 201 : 200, answer);
    }
  }

  /** Shows computed objects as stored ones are shown: as tables, and selected from lists. */
  private void read(Call call, JsonObject answer) {
    if (call.verb().equals("get")) {
      answers.tree(call, 200, answer);
      return;
    }
    Selection selection =
        Selection.of(
            call.type(),
            call.context().parameter("labelSelector"),
            call.context().parameter("fieldSelector"));
    List<JsonObject> chosen = answer.array("items").objects().filter(selection::matches).toList();
    answers.list(call, JsonObject.EMPTY, chosen);
  }

  /** What plug-ins make of the body; they may refuse it. */
  private JsonObject admitted(Call call, JsonObject body, WriteOptions options) {
    String name = call.name().isEmpty() ? ObjectMeta.name(body) : call.name();
    AdmissionRequest request =
        call.write(options).admission(AdmissionRequest.Operation.CREATE, name, body, null);
    JsonObject changed = admission.mutate(request);
    admission.validate(request.withObject(changed));
    return changed;
  }
}
