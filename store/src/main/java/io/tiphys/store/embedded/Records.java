package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tiphys.store.KeyValue;
import io.tiphys.store.Value;
import io.tiphys.store.engine.Lease;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How states lie in RocksDB, after etcd's example: each change of a key is a record of its own
 * under its revision, written once and removed when compaction no longer needs it. The first byte
 * of a RocksDB key says what lies there:
 *
 * <pre>
 * 'e' revision(8) key           → index(4) createRevision(8) version(8) lease(8) value
 * 'l' lease(8)                  → timeToLiveMillis(8) deadlineMillis(8)
 * 'm' 'c'                       → compacted revision(8)
 * 'm' 'f'                       → format(8), now 1
 * </pre>
 *
 * <p>Numbers are big-endian; {@code index} is the change's place within its revision; {@code
 * createRevision} 0 is a deletion.
 */
final class Records {
  static final byte EVENT = 'e';
  static final byte LEASE = 'l';
  static final byte[] COMPACTED = {'m', 'c'};
  static final byte[] FORMAT = {'m', 'f'};
  static final long CURRENT_FORMAT = 1;
  private static final int EVENT_HEAD = 4 + 3 * Long.BYTES;

  private Records() {}

  /** A change and its place within its revision. */
  record Change(int index, KeyValue item) {}

  static byte[] eventKey(long revision, String key) {
    byte[] name = key.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + name.length)
        .put(EVENT)
        .putLong(revision)
        .put(name)
        .array();
  }

  static long revision(byte[] eventKey) {
    return ByteBuffer.wrap(eventKey).getLong(1);
  }

  static byte[] event(int index, KeyValue item) {
    byte[] bytes = item.value().bytes();
    return ByteBuffer.allocate(EVENT_HEAD + bytes.length)
        .putInt(index)
        .putLong(item.createRevision())
        .putLong(item.version())
        .putLong(item.lease())
        .put(bytes)
        .array();
  }

  static Change change(byte[] eventKey, byte[] event) {
    int head = 1 + Long.BYTES;
    String key = new String(eventKey, head, eventKey.length - head, UTF_8);
    ByteBuffer in = ByteBuffer.wrap(event);
    int index = in.getInt();
    long created = in.getLong();
    long version = in.getLong();
    long lease = in.getLong();
    Value value = Value.of(Arrays.copyOfRange(event, EVENT_HEAD, event.length));
    return new Change(index, new KeyValue(key, value, created, revision(eventKey), version, lease));
  }

  static byte[] leaseKey(long id) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(LEASE).putLong(id).array();
  }

  static byte[] lease(Lease lease) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(lease.timeToLiveMillis())
        .putLong(lease.deadlineMillis())
        .array();
  }

  static Lease lease(byte[] leaseKey, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Lease(ByteBuffer.wrap(leaseKey).getLong(1), in.getLong(), in.getLong());
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
