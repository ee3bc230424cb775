package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes on the secrets of legacy tokens on which day they were last used, so that unused ones can
 * be cleaned up (KEP-2799). Writes in the background, once a day and secret.
 */
final class LegacyTokenUse {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyTokenUse.class);
  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final String LAST_USED = "kubernetes.io/legacy-token-last-used";

  private final StoredObjects objects;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  LegacyTokenUse(StoredObjects objects) {
    this.objects = objects;
  }

  void note(JsonObject secret, Instant now) {
    JsonObject metadata = secret.object("metadata");
    String today = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    String uid = metadata.string("uid");
    if (metadata.object("labels").string(LAST_USED).equals(today) || !underWay.add(uid)) {
      return;
    }
    Thread.ofVirtual()
        .name("legacy-token-use")
        .start(() -> {
          try {
            write(metadata.string("namespace"), metadata.string("name"), today);
          } finally {
            underWay.remove(uid);
          }
        });
  }

  private void write(String namespace, String name, String today) {
    try {
      objects
          .registry()
          .update(
              objects.type(SECRETS),
              namespace,
              name,
              "",
              secret -> secret.withAt(JsonString.of(today), "metadata", "labels", LAST_USED));
    } catch (ApiException e) {
      LOG.warn("cannot note the use of the token in secret {}/{}", namespace, name, e);
    }
  }
}
