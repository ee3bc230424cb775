package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.NodeRestriction.orEmpty;
import static io.tiphys.apiserver.admission.plugin.NodeRestriction.unless;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tokens of service accounts a kubelet may ask for: those bound to a pod on its node, for an
 * audience that the pod's volumes name (KEP-1205, KEP-4412).
 */
final class NodeTokens {
  private static final String AUDIENCE_VERB = "request-serviceaccounts-token-audience";

  private final StoredObjects objects;
  private final Authorizer authorizer;

  NodeTokens(StoredObjects objects, Authorizer authorizer) {
    this.objects = objects;
    this.authorizer = authorizer;
  }

  Optional<String> fault(String node, AdmissionRequest request) {
    if (request.operation() != Operation.CREATE || !request.subresource().equals("token")) {
      return Optional.empty();
    }
    JsonObject spec = orEmpty(request.object()).object("spec");
    JsonObject bound = spec.object("boundObjectRef");
    boolean toPod =
        bound.string("apiVersion").equals("v1")
            && bound.string("kind").equals("Pod")
            && !bound.string("name").isEmpty();
    if (!toPod) {
      return Optional.of("node requested token not bound to a pod");
    }
    String uid = bound.string("uid");
    if (uid.isEmpty()) {
      return Optional.of("node requested token with a pod binding without a uid");
    }
    String name = bound.string("name");
    JsonObject pod =
        objects
            .cached(Kinds.PODS, request.namespace(), name)
            .orElseThrow(() -> ApiException.notFound(Kinds.PODS, name));
    if (!uid.equals(pod.object("metadata").string("uid"))) {
      return Optional.of(
          "the UID in the bound object reference ("
              + uid
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    if (!pod.object("spec").string("nodeName").equals(node)) {
      return Optional.of("node requested token bound to a pod scheduled on a different node");
    }
    return audience(request, spec.array("audiences").strings().toList(), pod);
  }

  private Optional<String> audience(
      AdmissionRequest request, List<String> audiences, JsonObject pod) {
    if (audiences.size() > 1) {
      return Optional.of("node may only request 0 or 1 audiences");
    }
    String audience = audiences.isEmpty() ? "" : audiences.getFirst();
    return unless(
        named(pod).anyMatch(audience::equals) || permitted(request, audience),
        "audience \""
            + audience
            + "\" not found in pod spec volume, "
            + request.context().user().name()
            + " is not authorized to request tokens for this audience");
  }

  private boolean permitted(AdmissionRequest request, String audience) {
    return authorizer
        .authorize(
            Attributes.resource(
                request.context().user(),
                AUDIENCE_VERB,
                "",
                audience,
                "",
                request.namespace(),
                request.name()))
        .allowed();
  }

  /** The audiences that a pod's volumes, or the drivers of its volumes, want tokens for. */
  private Stream<String> named(JsonObject pod) {
    return pod.object("spec").array("volumes").objects().flatMap(v -> named(pod, v));
  }

  private Stream<String> named(JsonObject pod, JsonObject volume) {
    Stream<String> projected =
        volume
            .object("projected")
            .array("sources")
            .objects()
            .filter(source -> source.has("serviceAccountToken"))
            .map(source -> source.object("serviceAccountToken").string("audience"));
    Stream<String> wanted =
        driver(pod, volume).flatMap(name -> objects.cached(Kinds.CSI_DRIVERS, "", name)).stream()
            .flatMap(driver -> driver.object("spec").array("tokenRequests").objects())
            .map(token -> token.string("audience"));
    return Stream.concat(projected, wanted);
  }

  private Optional<String> driver(JsonObject pod, JsonObject volume) {
    if (volume.has("csi")) {
      return Optional.of(volume.object("csi").string("driver"));
    }
    String claim =
        volume.has("ephemeral")
            ? pod.object("metadata").string("name") + "-" + volume.string("name")
            : volume.object("persistentVolumeClaim").string("claimName");
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    return objects
        .cached(Kinds.CLAIMS, pod.object("metadata").string("namespace"), claim)
        .map(c -> c.object("spec").string("volumeName"))
        .filter(name -> !name.isEmpty())
        .flatMap(name -> objects.cached(Kinds.VOLUMES, "", name))
        .map(v -> v.object("spec").object("csi").string("driver"))
        .filter(driver -> !driver.isEmpty());
  }
}
