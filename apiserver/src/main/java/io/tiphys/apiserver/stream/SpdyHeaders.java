package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * SPDY's name/value blocks (draft-mbelshe-httpbis-spdy-00 §2.6.10): all blocks of a connection's
 * direction are one zlib stream, which starts with a dictionary of frequent words.
 */
final class SpdyHeaders {
  private static final int MAX_BLOCK = 256 * 1024;

  private SpdyHeaders() {}

  private static byte[] dictionary() {
    try (InputStream in = SpdyHeaders.class.getResourceAsStream("spdy3.dictionary")) {
      if (in == null) {
        throw new IllegalStateException("spdy3.dictionary is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the blocks of one direction. */
  static final class Writer implements AutoCloseable {
    private final Deflater deflater = new Deflater();

    Writer() {
      deflater.setDictionary(dictionary());
    }

    byte[] write(Headers headers) throws IOException {
      Map<String, List<String>> byName = new LinkedHashMap<>();
      headers.forEach(
          (name, value) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(block);
      out.writeInt(byName.size());
      for (Map.Entry<String, List<String>> field : byName.entrySet()) {
        writeText(out, field.getKey());
        writeText(out, String.join("\0", field.getValue()));
      }
      return deflate(block.toByteArray());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    private byte[] deflate(byte[] block) {
      deflater.setInput(block);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1024];
      int count;
      do {
        count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        out.write(buffer, 0, count);
      } while (count == buffer.length);
      return out.toByteArray();
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /** Reads the blocks of one direction. */
  static final class Reader implements AutoCloseable {
    private final Inflater inflater = new Inflater();

    Headers read(byte[] compressed) throws IOException {
      DataInputStream in =
          new DataInputStream(new java.io.ByteArrayInputStream(inflate(compressed)));
      Headers headers = Headers.EMPTY;
      int count = in.readInt();
      if (count < 0 || count > 1000) {
        throw new IOException("SPDY: too many headers: " + count);
      }
      for (int i = 0; i < count; i++) {
        String name = readText(in).toLowerCase(Locale.ROOT);
        for (String value : readText(in).split("\0", -1)) {
          headers = add(headers, name, value);
        }
      }
      return headers;
    }

    private static Headers add(Headers headers, String name, String value) throws IOException {
      try {
        return headers.with(name.startsWith(":") ? name.substring(1) : name, value);
      } catch (IllegalArgumentException e) {
        throw new IOException("SPDY: " + e.getMessage(), e);
      }
    }

    private static String readText(DataInputStream in) throws IOException {
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("SPDY: malformed header block");
      }
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private byte[] inflate(byte[] compressed) throws IOException {
      inflater.setInput(compressed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1024];
      try {
        while (true) {
          int count = inflater.inflate(buffer);
          if (count > 0) {
            out.write(buffer, 0, count);
          } else if (inflater.needsDictionary()) {
            inflater.setDictionary(dictionary());
          } else {
            return out.toByteArray();
          }
          if (out.size() > MAX_BLOCK) {
            throw new IOException("SPDY: headers are longer than " + MAX_BLOCK + " bytes");
          }
        }
      } catch (DataFormatException | IllegalArgumentException e) {
        throw new IOException("SPDY: malformed header block: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
