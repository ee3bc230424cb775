package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.admission.Hold;
import io.tiphys.apiserver.quota.Evaluator;
import io.tiphys.apiserver.quota.QuotaException;
import io.tiphys.apiserver.quota.QuotaLedger;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import java.time.InstantSource;

/**
 * Keeps what a namespace's objects use within its ResourceQuotas. Charges when all else has allowed
 * the write, so that nothing is charged that is refused later.
 */
final class ResourceQuota implements AdmissionPlugin {
  private final QuotaLedger ledger;

  ResourceQuota(StoredObjects objects, InstantSource clock) {
    this.ledger = new QuotaLedger(objects, clock);
  }

  @Override
  public String name() {
    return "ResourceQuota";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    boolean write =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    return write
        && !request.namespace().isEmpty()
        && !request.type().stored().storagePrefix().isEmpty();
  }

  @Override
  public Hold reserve(AdmissionRequest request) {
    JsonObject object = request.object();
    Evaluator evaluator = ledger.evaluator(request.type().resource().groupResource());
    boolean creation = request.operation() == Operation.CREATE;
    if (object == null || !evaluator.charges(creation, request.subresource())) {
      return Hold.NONE;
    }
    try {
      return ledger.charge(evaluator, request.namespace(), object, request.old(), request.dryRun());
    } catch (QuotaException e) {
      throw Kinds.forbidden(request, String.valueOf(e.getMessage()));
    }
  }
}
