package io.tiphys.store.memory;

import io.tiphys.store.engine.Journal;
import io.tiphys.store.engine.LocalOptions;
import io.tiphys.store.engine.LocalStore;
import io.tiphys.store.engine.State;

/** A store that forgets everything when it is closed. */
public final class MemoryStore extends LocalStore {

  public MemoryStore() {
    this(LocalOptions.standard());
  }

  public MemoryStore(LocalOptions options) {
    super(Journal.none(), State.empty(), options);
  }
}
