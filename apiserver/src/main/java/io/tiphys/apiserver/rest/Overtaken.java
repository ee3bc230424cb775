package io.tiphys.apiserver.rest;

/** A write found that somebody else had changed its object first. Never leaves this package. */
final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient CurrentState now;
  private final boolean insists;

  Overtaken(CurrentState now) {
    this(now, false);
  }

  private Overtaken(CurrentState now, boolean insists) {
    super("the object has been modified", null, false, false);
    this.now = now;
    this.insists = insists;
  }

  /** What is there instead. */
  CurrentState now() {
    return now;
  }

  /** Whether the client named the state that it wanted to change, so that no other will do. */
  boolean insists() {
    return insists;
  }

  Overtaken insisting() {
    return new Overtaken(now, true);
  }
}
