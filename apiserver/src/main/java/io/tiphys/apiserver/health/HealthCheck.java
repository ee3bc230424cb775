package io.tiphys.apiserver.health;

import java.util.Optional;

/** One thing that must be well. */
public interface HealthCheck {

  /** As in {@code /readyz/NAME} and {@code exclude=NAME}. */
  String name();

  /** What is wrong, for the log; empty if nothing is. May block for a moment. */
  Optional<String> fault();

  /** A check by a function. */
  static HealthCheck of(String name, java.util.function.Supplier<Optional<String>> fault) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> fault() {
        return fault.get();
      }
    };
  }
}
