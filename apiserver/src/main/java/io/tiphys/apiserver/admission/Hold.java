package io.tiphys.apiserver.admission;

import java.util.function.Supplier;

/** What admission has set aside for a write that it allows, until the write is done. */
public interface Hold {
  /** Nothing set aside. */
  Hold NONE =
      new Hold() {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
      };

  /** The object is stored. */
  void commit();

  /** The object was not stored: give back what was set aside. */
  void rollback();

  /** Does the write, and commits or rolls back as it turns out. */
  default <T> T around(Supplier<T> write) {
    boolean done = false;
    try {
      T result = write.get();
      done = true;
      return result;
    } finally {
      if (done) {
        commit();
      } else {
        rollback();
      }
    }
  }

  /** Both; the second is let go first. */
  default Hold and(Hold second) {
    Hold first = this;
    if (first == NONE) {
      return second;
    }
    if (second == NONE) {
      return first;
    }
    return new Hold() {
      @Override
      public void commit() {
        second.commit();
        first.commit();
      }

      @Override
      public void rollback() {
        second.rollback();
        first.rollback();
      }
    };
  }
}
