package io.tiphys.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes that happen at one revision, if all conditions hold. Two changes of one key are refused
 * with an {@link IllegalArgumentException}.
 */
public record Txn(List<Compare> compares, List<Op> ops) {
  public Txn {
    compares = List.copyOf(compares);
    ops = List.copyOf(ops);
    if (ops.size() > 1) {
      requireDistinctKeys(ops);
    }
  }

  private static void requireDistinctKeys(List<Op> ops) {
    Set<String> keys = new HashSet<>();
    for (Op op : ops) {
      if (!keys.add(op.key())) {
        throw new IllegalArgumentException("a transaction changes key " + op.key() + " twice");
      }
    }
  }

  public static Txn create(String key, Value value) {
    return new Txn(List.of(new Compare(key, 0)), List.of(new Op.Put(key, value, 0)));
  }

  public static Txn update(String key, long modRevision, Value value) {
    return new Txn(List.of(new Compare(key, modRevision)), List.of(new Op.Put(key, value, 0)));
  }

  public static Txn delete(String key, long modRevision) {
    return new Txn(List.of(new Compare(key, modRevision)), List.of(new Op.Delete(key)));
  }
}
