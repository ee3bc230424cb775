package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ResourceQuota as it is reckoned with: what counts is its status.
 *
 * @param hard what may be used at most, as in effect
 * @param used what is used of it
 * @param terms all must hold for an object to be counted
 */
public record Quota(
    String namespace,
    String name,
    Amounts specified,
    Amounts hard,
    Amounts used,
    List<ScopeTerm> terms) {
  public Quota {
    terms = List.copyOf(terms);
  }

  public static Quota of(JsonObject object) {
    JsonObject spec = object.object("spec");
    JsonObject status = object.object("status");
    return new Quota(
        object.object("metadata").string("namespace"),
        object.object("metadata").string("name"),
        Amounts.of(spec.object("hard")),
        Amounts.of(status.object("hard")),
        Amounts.of(status.object("used")),
        ScopeTerm.of(spec));
  }

  /** Whether what is specified is in effect. */
  boolean inEffect() {
    return specified.equals(hard);
  }

  /** The same quota with what is specified in effect. */
  Quota measured(Amounts nowUsed) {
    return new Quota(namespace, name, specified, specified, nowUsed, terms);
  }

  /** Which of what is limited the objects of a resource can use. */
  Set<String> limits(Evaluator evaluator) {
    return hard.names().stream().filter(evaluator::measures).collect(Collectors.toSet());
  }

  boolean covers(Evaluator evaluator, JsonObject object) {
    return hard.names().stream().anyMatch(evaluator::measures) && inScope(evaluator, object);
  }

  boolean inScope(Evaluator evaluator, JsonObject object) {
    return terms.stream().allMatch(term -> evaluator.inScope(term, object));
  }

  /** What of these amounts would be too much. */
  Set<String> exceededBy(Amounts more) {
    return used.plus(more).only(more.names()::contains).exceeding(hard);
  }

  /** {@code exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2}. */
  String refusal(Amounts more, Set<String> exceeded) {
    return "exceeded quota: "
        + name
        + ", requested: "
        + more.only(exceeded::contains).text()
        + ", used: "
        + used.only(exceeded::contains).text()
        + ", limited: "
        + hard.only(exceeded::contains).text();
  }
}
