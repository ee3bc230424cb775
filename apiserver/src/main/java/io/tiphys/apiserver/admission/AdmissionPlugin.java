package io.tiphys.apiserver.admission;

import io.tiphys.model.json.JsonObject;

/**
 * Changes or refuses writes. All plug-ins' {@code mutate} run in order, then the object is
 * validated, then all {@code validate} run, then all {@code reserve}. A refusal is an {@link
 * io.tiphys.model.status.ApiException}.
 */
public interface AdmissionPlugin {

  /** Upstream's name, as in {@code --enable-admission-plugins}. */
  String name();

  /** Whether this plug-in wants to see the write; cheap. */
  boolean handles(AdmissionRequest request);

  /** The object to go on with; only called when there is an object. */
  default JsonObject mutate(AdmissionRequest request, JsonObject object) {
    return object;
  }

  default void validate(AdmissionRequest request) {}

  /**
   * Sets aside what the write uses; called last, when everything else has allowed a creation or
   * update.
   */
  default Hold reserve(AdmissionRequest request) {
    return Hold.NONE;
  }
}
