package io.tiphys.apiserver.http;

import java.util.ArrayList;
import java.util.List;

/** Something that happens at most once, and the actions that wait for it. */
final class Signal {
  private final List<Runnable> actions = new ArrayList<>(1);
  private boolean fired;

  /** Runs the action when this fires; at once, on the calling thread, if it has fired. */
  void onFire(Runnable action) {
    synchronized (this) {
      if (!fired) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** Runs the actions; does nothing the second time. */
  void fire() {
    List<Runnable> due;
    synchronized (this) {
      if (fired) {
        return;
      }
      fired = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  synchronized boolean hasFired() {
    return fired;
  }
}
