package io.tiphys.apiserver.authorization;

/**
 * An authorizer's answer.
 *
 * @param reason for the client and the audit log; may be ""
 */
public record Verdict(Decision decision, String reason) {

  /** What an authorizer thinks. */
  public enum Decision {
    ALLOW,
    /** Forbidden, whatever later authorizers would say. */
    DENY,
    /** Ask the next one; forbidden if there is none. */
    NO_OPINION
  }

  public static Verdict allow(String reason) {
    return new Verdict(Decision.ALLOW, reason);
  }

  public static Verdict noOpinion(String reason) {
    return new Verdict(Decision.NO_OPINION, reason);
  }

  public boolean allowed() {
    return decision == Decision.ALLOW;
  }
}
