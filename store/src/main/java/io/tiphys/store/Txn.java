package io.tiphys.store;

import java.util.List;

/** Changes that happen at one revision, if all conditions hold. */
public record Txn(List<Compare> compares, List<Op> ops) {
  public Txn {
    compares = List.copyOf(compares);
    ops = List.copyOf(ops);
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
