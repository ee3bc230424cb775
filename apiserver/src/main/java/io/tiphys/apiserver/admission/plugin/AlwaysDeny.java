package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;

/** Refuses every write; for tests of clients. Off unless enabled. */
final class AlwaysDeny implements AdmissionPlugin {
  @Override
  public String name() {
    return "AlwaysDeny";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return true;
  }

  @Override
  public void validate(AdmissionRequest request) {
    throw Kinds.forbidden(request, "admission control is denying all modifications");
  }
}
