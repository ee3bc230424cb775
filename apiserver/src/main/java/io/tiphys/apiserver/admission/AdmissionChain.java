package io.tiphys.apiserver.admission;

import io.tiphys.model.json.JsonObject;
import java.util.List;

/**
 * The admission plug-ins in their order: first all may change an object, later all may refuse it.
 */
public record AdmissionChain(List<AdmissionPlugin> plugins) {
  public static final AdmissionChain EMPTY = new AdmissionChain(List.of());

  public AdmissionChain {
    plugins = List.copyOf(plugins);
  }

  /** The object as the plug-ins want it. Only for writes that have an object. */
  public JsonObject mutate(AdmissionRequest request) {
    AdmissionRequest now = request;
    JsonObject object = object(request);
    for (AdmissionPlugin plugin : plugins) {
      if (plugin.handles(now)) {
        JsonObject changed = plugin.mutate(now, object);
        if (!changed.equals(object)) {
          object = changed;
          now = now.withObject(changed);
        }
      }
    }
    return object;
  }

  private static JsonObject object(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null) {
      throw new IllegalArgumentException("a deletion has no object to change");
    }
    return object;
  }

  /**
   * Has all plug-ins look at the write as it will be.
   *
   * @throws io.tiphys.model.status.ApiException the first refusal
   */
  public void validate(AdmissionRequest request) {
    for (AdmissionPlugin plugin : plugins) {
      if (plugin.handles(request)) {
        plugin.validate(request);
      }
    }
  }

  /**
   * What plug-ins set aside for a write that all of them allow; to be committed or rolled back.
   *
   * @throws io.tiphys.model.status.ApiException if there is not enough of something
   */
  public Hold reserve(AdmissionRequest request) {
    Hold all = Hold.NONE;
    boolean done = false;
    try {
      for (AdmissionPlugin plugin : plugins) {
        if (plugin.handles(request)) {
          all = all.and(plugin.reserve(request));
        }
      }
      done = true;
      return all;
    } finally {
      if (!done) {
        all.rollback();
      }
    }
  }
}
