package io.tiphys.store;

/**
 * What lies under a key. An embedded store hands the very instance that was put to readers and
 * watchers of the same process, so that a caller may keep its decoded form in it; other stores give
 * back only the bytes.
 */
@FunctionalInterface
public interface Value {

  /** The bytes to persist; always the same array, which nobody changes. */
  byte[] bytes();

  static Value of(byte[] bytes) {
    return new PlainValue(bytes);
  }
}
