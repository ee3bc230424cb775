package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.ResourceCatalog;
import java.util.concurrent.ScheduledExecutorService;

/** Puts the verbs together. */
public final class RestHandlers {
  private RestHandlers() {}

  /** As the other, without streams. */
  public static ResourceHandler of(
      StoreRegistry registry,
      ResourceCatalog catalog,
      Behaviours behaviours,
      AdmissionChain admission,
      Authorizer authorizer,
      Representation representation,
      ScheduledExecutorService timer) {
    return of(
        registry,
        catalog,
        behaviours,
        admission,
        authorizer,
        representation,
        timer,
        StreamHandler.NONE);
  }

  /**
   * All verbs on all resources.
   *
   * @param timer ends watches and sends their bookmarks
   * @param streams answers logs, exec, proxies
   */
  public static ResourceHandler of(
      StoreRegistry registry,
      ResourceCatalog catalog,
      Behaviours behaviours,
      AdmissionChain admission,
      Authorizer authorizer,
      Representation representation,
      ScheduledExecutorService timer,
      StreamHandler streams) {
    WatchCache cache = registry.cache();
    Objects objects = registry.objects();
    Answers answers = new Answers(representation);
    BodyReader bodies = new BodyReader(representation, catalog);
    CreationPermit permit = new CreationPermit(authorizer);
    Defaulting defaulting = new Defaulting();
    ListReader reader = new ListReader(registry.store(), cache);
    FieldOwners owners = new FieldOwners(catalog);
    ObjectWriter writer =
        new ObjectWriter(objects, admission, owners, behaviours.reservations(), registry.clock());
    ObjectDeleter deleter =
        new ObjectDeleter(objects, admission, behaviours.reservations(), registry.clock());
    Patches patches =
        new Patches(
            answers, bodies, writer, defaulting, representation, permit, owners, registry.clock());
    return new ResourceHandler(
        catalog,
        new ResourceHandler.Verbs(
            new Reads(cache, objects, representation, answers),
            new Lists(reader, representation, objects),
            new Watches(cache, objects, representation, timer),
            new Writes(bodies, writer, defaulting, answers, permit),
            patches,
            new Deletes(deleter, reader, objects, representation, answers),
            new Actions(bodies, behaviours, answers, admission),
            new Scales(cache, objects, bodies, writer, answers, patches)),
        streams,
        admission);
  }
}
