package io.tiphys.apiserver.authorization;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules granted to a user, as far as they can be told.
 *
 * @param faults what went wrong on the way, such as bindings of roles that do not exist
 * @param incomplete whether the user may do more than the rules say
 */
public record GrantedRules(List<Rule> rules, List<String> faults, boolean incomplete) {
  public static final GrantedRules NONE = new GrantedRules(List.of(), List.of(), false);

  public GrantedRules {
    rules = List.copyOf(rules);
    faults = List.copyOf(faults);
  }

  GrantedRules and(GrantedRules other) {
    List<Rule> allRules = new ArrayList<>(rules);
    allRules.addAll(other.rules);
    List<String> allFaults = new ArrayList<>(faults);
    allFaults.addAll(other.faults);
    return new GrantedRules(allRules, allFaults, incomplete || other.incomplete);
  }
}
