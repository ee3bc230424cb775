package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.request.ResourceVersions;
import io.tiphys.model.status.ApiException;

/** Answers gets of single objects. */
final class Reads {
  private final WatchCache cache;
  private final Objects objects;
  private final Representation representation;
  private final Answers answers;

  Reads(WatchCache cache, Objects objects, Representation representation, Answers answers) {
    this.cache = cache;
    this.objects = objects;
    this.representation = representation;
    this.answers = answers;
  }

  /** May be called on the event loop; goes on elsewhere if the answer takes waiting or work. */
  void get(Call call) {
    String asked = call.context().parameter("resourceVersion");
    long atLeast = ResourceVersions.parse(asked);
    boolean latest = asked.isEmpty() && !cache.alwaysFresh();
    if (latest || atLeast > cache.revision()) {
      call.exchange()
          .dispatch(() -> {
            if (latest) {
              cache.awaitFresh();
            } else {
              cache.awaitAtLeast(atLeast);
            }
            answer(call);
          });
    } else if (representation.isShared(call.type(), call.output())) {
      answer(call);
    } else {
      call.exchange().dispatch(() -> answer(call));
    }
  }

  private void answer(Call call) {
    CachedObject object =
        objects.cache(call.type()).get(call.type().key(call.namespace(), call.name()));
    if (object == null) {
      throw ApiException.notFound(call.resource(), call.name());
    }
    answers.object(call, 200, object);
  }
}
