package io.tiphys.model.proto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf from its end to its start, so that the size of a message is known when its length
 * is written before it. Everything is written in reverse: value, length, tag.
 */
final class ReverseBuffer {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;

  private byte[] bytes = new byte[1024];

  /** The first byte that is written. */
  private int start = bytes.length;

  /** How much is written; pass it to {@link #message} to enclose what is written after. */
  int size() {
    return bytes.length - start;
  }

  /** Encloses what was written since {@code mark} as a message, string or bytes field. */
  void message(int number, int mark) {
    rawVarint(size() - mark);
    tag(number, DELIMITED);
  }

  void string(int number, String value) {
    bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(int number, byte[] value) {
    int mark = size();
    raw(value);
    message(number, mark);
  }

  void varint(int number, long value) {
    rawVarint(value);
    tag(number, VARINT);
  }

  void fixed64(int number, long value) {
    reserve(8);
    for (int i = 7; i >= 0; i--) {
      bytes[--start] = (byte) (value >>> (8 * i));
    }
    tag(number, FIXED64);
  }

  /** Bytes without a tag. */
  void raw(byte[] value) {
    reserve(value.length);
    start -= value.length;
    System.arraycopy(value, 0, bytes, start, value.length);
  }

  private void tag(int number, int wireType) {
    rawVarint(((long) number << 3) | wireType);
  }

  private void rawVarint(long value) {
    int length = 1;
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    reserve(length);
    start -= length;
    long rest = value;
    for (int i = 0; i < length - 1; i++) {
      bytes[start + i] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[start + length - 1] = (byte) rest;
  }

  private void reserve(int more) {
    if (start < more) {
      int used = size();
      byte[] larger = new byte[Math.max(bytes.length * 2, used + more)];
      System.arraycopy(bytes, start, larger, larger.length - used, used);
      start = larger.length - used;
      bytes = larger;
    }
  }

  byte[] toBytes() {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }
}
