package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has all images pulled anew, so that only those who may pull an image can run it. Off unless
 * enabled.
 */
final class AlwaysPullImages implements AdmissionPlugin {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  @Override
  public String name() {
    return "AlwaysPullImages";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return (request.operation() == Operation.CREATE && request.concerns("", "pods"))
        || (request.operation() == Operation.UPDATE
            && (request.concerns("", "pods")
                || request.concerns("", "pods", "ephemeralcontainers")));
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject pod) {
    JsonObject old = request.old();
    if (old != null && images(old).containsAll(images(pod))) {
      return pod;
    }
    JsonObject spec = pod.object("spec");
    for (String list : CONTAINERS) {
      spec = Trees.changeEach(spec, list, container -> container.with("imagePullPolicy", "Always"));
    }
    spec =
        Trees.changeEach(
            spec,
            "volumes",
            volume -> Trees.change(volume, "image", image -> image.with("pullPolicy", "Always")));
    return pod.with("spec", spec);
  }

  private static Set<String> images(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    return Stream.concat(
            CONTAINERS.stream().flatMap(list -> spec.array(list).objects()),
            spec.array("volumes").objects().map(volume -> volume.object("image")))
        .map(each -> each.string("image") + each.string("reference"))
        .collect(Collectors.toSet());
  }
}
