package io.tiphys.store;

import java.time.Duration;

/** A back end under test: how to open it, and how its time passes. */
public interface StoreFixture extends AutoCloseable {

  /** The store, open and empty. */
  Store store();

  /** Closes the store and opens it anew, if it is durable; else returns it as it is. */
  Store reopened();

  /** Whether readers get the very {@link Value} instances that were put. */
  boolean handsValuesThrough();

  /** Lets time pass as far as leases are concerned, and what expires expire. */
  void pass(Duration time);

  @Override
  void close();
}
