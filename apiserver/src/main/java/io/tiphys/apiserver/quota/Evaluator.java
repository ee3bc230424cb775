package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.util.Set;

/** Knows what objects of one resource use of a quota. */
public interface Evaluator {

  GroupResource resource();

  /** Whether objects of this resource can use what a quota names so: {@code requests.cpu}. */
  boolean measures(String name);

  /**
   * Whether such a write can use more than before.
   *
   * @param creation a creation, not an update
   * @param subresource "" for the resource itself
   */
  boolean charges(boolean creation, String subresource);

  /** All that an object uses, whatever a quota names. */
  Amounts usage(JsonObject object);

  /** Whether a scope takes an object in. Kinds that know no scopes are in none. */
  default boolean inScope(ScopeTerm term, JsonObject object) {
    return false;
  }

  /**
   * What an object must state so that it can be counted and does not: {@code limits.cpu for: c1,c2;
   * limits.memory for: c1}; "" if nothing is missing.
   *
   * @param limited what the quota limits
   */
  default String missing(Set<String> limited, JsonObject object) {
    return "";
  }
}
