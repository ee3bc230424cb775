package io.tiphys.apiserver.admission.plugin;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which secrets pods of a service account may use, where its annotation {@code
 * kubernetes.io/enforce-mountable-secrets} limits them to those that it lists.
 */
record SecretReferences(String account, Set<String> mountable, Set<String> forPulling) {
  private static final String ENFORCED = "kubernetes.io/enforce-mountable-secrets";

  static Optional<SecretReferences> of(JsonObject account) {
    JsonObject metadata = account.object("metadata");
    return metadata.object("annotations").string(ENFORCED).equals("true")
        ? Optional.of(
            new SecretReferences(
                metadata.string("name"),
                names(account.array("secrets")),
                names(account.array("imagePullSecrets"))))
        : Optional.empty();
  }

  private static Set<String> names(JsonArray references) {
    return references.objects().map(r -> r.string("name")).collect(Collectors.toSet());
  }

  /** What is wrong with a pod's references. */
  Optional<String> fault(JsonObject spec) {
    return spec.array("volumes")
        .objects()
        .filter(volume -> volume.has("secret"))
        .map(volume -> volume.object("secret").string("secretName"))
        .filter(name -> !mountable.contains(name))
        .findFirst()
        .map(name -> refusal("volume with secret.secretName=\"" + name + "\"", "secret"))
        .or(() -> containers("init container ", spec.array("initContainers")))
        .or(() -> containers("container ", spec.array("containers")))
        .or(() -> pulling(spec.array("imagePullSecrets")));
  }

  Optional<String> containers(String word, JsonArray containers) {
    for (JsonObject container : containers.objects().toList()) {
      String who = word + container.string("name");
      Optional<String> fault =
          container
              .array("env")
              .objects()
              .filter(env -> env.object("valueFrom").has("secretKeyRef"))
              .filter(env -> !mountable.contains(variableSecret(env)))
              .findFirst()
              .map(
                  env -> referring(who + " with envVar " + env.string("name"), variableSecret(env)))
              .or(() ->
                  container
                      .array("envFrom")
                      .objects()
                      .filter(from -> from.has("secretRef"))
                      .map(from -> from.object("secretRef").string("name"))
                      .filter(name -> !mountable.contains(name))
                      .findFirst()
                      .map(name -> referring(who + " with envFrom", name)));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static String variableSecret(JsonObject env) {
    return env.object("valueFrom").object("secretKeyRef").string("name");
  }

  private Optional<String> pulling(JsonArray references) {
    List<JsonObject> all = references.objects().toList();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).string("name");
      if (!forPulling.contains(name)) {
        return Optional.of(
            refusal("imagePullSecrets[" + i + "].name=\"" + name + "\"", "imagePullSecret"));
      }
    }
    return Optional.empty();
  }

  private String referring(String who, String secret) {
    return refusal(who + " referencing secret.secretName=\"" + secret + "\"", "secret");
  }

  private String refusal(String what, String kind) {
    return what
        + " is not allowed because service account "
        + account
        + " does not reference that "
        + kind;
  }
}
