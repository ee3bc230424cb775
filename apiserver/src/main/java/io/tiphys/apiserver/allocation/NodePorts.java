package io.tiphys.apiserver.allocation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Node ports: one bitmap in the store, a {@code RangeAllocation} under upstream's key, changed by
 * compare and swap, so that several API servers share it.
 */
public final class NodePorts {
  private static final String KEY = "/registry/ranges/servicenodeports";

  private final Store store;
  private final PortRange range;
  private final RandomGenerator random;

  public NodePorts(Store store, PortRange range, RandomGenerator random) {
    this.store = store;
    this.range = range;
    this.random = random;
  }

  /** Takes any free port. */
  int allocateNext(boolean dryRun) {
    int[] chosen = new int[1];
    change(
        taken -> {
          int at = free(taken);
          chosen[0] = range.first() + at;
          return taken.setBit(at);
        },
        dryRun);
    return chosen[0];
  }

  /** Ports above the band for ports chosen by hand come first (KEP-3668), at random. */
  private int free(BigInteger taken) {
    int size = range.size();
    int band = size <= 16 ? 0 : Math.min(Math.max(16, size / 32), 128);
    int start = band + random.nextInt(size - band);
    for (int at = start; at < size; at++) {
      if (!taken.testBit(at)) {
        return at;
      }
    }
    for (int at = band; at < start; at++) {
      if (!taken.testBit(at)) {
        return at;
      }
    }
    for (int at = 0; at < band; at++) {
      if (!taken.testBit(at)) {
        return at;
      }
    }
    throw new AllocationException("range is full");
  }

  /**
   * Takes the port that a service asks for.
   *
   * @throws AllocationException if it lies outside the range or is taken
   */
  void allocate(int port, boolean dryRun) {
    if (!range.contains(port)) {
      throw new AllocationException(
          "provided port is not in the valid range. The range of valid ports is " + range);
    }
    change(
        taken -> {
          if (taken.testBit(port - range.first())) {
            throw new AllocationException("provided port is already allocated");
          }
          return taken.setBit(port - range.first());
        },
        dryRun);
  }

  void release(Collection<Integer> ports) {
    if (!ports.isEmpty()) {
      change(
          taken -> {
            BigInteger left = taken;
            for (int port : ports) {
              left = range.contains(port) ? left.clearBit(port - range.first()) : left;
            }
            return left;
          },
          false);
    }
  }

  /** Marks ports as taken that are in use anyway: repair. */
  void adopt(Collection<Integer> ports) {
    change(
        taken -> {
          BigInteger all = taken;
          for (int port : ports) {
            all = range.contains(port) ? all.setBit(port - range.first()) : all;
          }
          return all;
        },
        false);
  }

  Set<Integer> taken() {
    BigInteger bits = store.get(KEY).map(this::bitmap).orElse(BigInteger.ZERO);
    return IntStream.range(0, range.size())
        .filter(bits::testBit)
        .mapToObj(at -> range.first() + at)
        .collect(Collectors.toSet());
  }

  private void change(UnaryOperator<BigInteger> change, boolean dryRun) {
    while (true) {
      Optional<KeyValue> stored = store.get(KEY);
      BigInteger before = stored.map(this::bitmap).orElse(BigInteger.ZERO);
      BigInteger after = change.apply(before);
      if (dryRun || after.equals(before)) {
        return;
      }
      long revision = stored.map(KeyValue::modRevision).orElse(0L);
      Txn txn = Txn.update(KEY, revision, Value.of(object(after).toBytes()));
      if (store.txn(txn) instanceof TxnResult.Committed) {
        return;
      }
    }
  }

  /** A bitmap of another range is taken over as far as the ranges overlap. */
  private BigInteger bitmap(KeyValue stored) {
    JsonObject object = (JsonObject) Json.parse(stored.value().bytes());
    BigInteger bits = new BigInteger(1, Base64.getDecoder().decode(object.string("data")));
    String storedRange = object.string("range");
    if (storedRange.isEmpty() || storedRange.equals(range.toString())) {
      return bits;
    }
    int shift = PortRange.parse(storedRange).first() - range.first();
    BigInteger moved = shift < 0 ? bits.shiftRight(-shift) : bits.shiftLeft(shift);
    return moved.and(BigInteger.ONE.shiftLeft(range.size()).subtract(BigInteger.ONE));
  }

  private JsonObject object(BigInteger bits) {
    return JsonObject.of(
        "apiVersion",
        "v1",
        "kind",
        "RangeAllocation",
        "metadata",
        JsonObject.EMPTY,
        "range",
        range.toString(),
        "data",
        Base64.getEncoder().encodeToString(bits.toByteArray()));
  }
}
