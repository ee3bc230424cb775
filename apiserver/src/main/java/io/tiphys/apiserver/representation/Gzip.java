package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compression of long answers for clients that accept it. */
public final class Gzip {
  /** Shorter answers go as they are; upstream's {@code defaultGzipThresholdBytes}. */
  public static final int THRESHOLD = 128 * 1024;

  private Gzip() {}

  /** Whether an answer of this length is to be compressed. */
  public static boolean wanted(RequestHead request, long length) {
    return length > THRESHOLD && accepted(request.header("accept-encoding"));
  }

  private static boolean accepted(@Nullable String header) {
    if (header == null) {
      return false;
    }
    for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = Format.withoutParameters(coding);
      if (name.equals("gzip") || name.equals("*")) {
        return !coding.replace(" ", "").endsWith(";q=0");
      }
    }
    return false;
  }

  public static Headers mark(Headers headers) {
    return headers.with("content-encoding", "gzip").with("vary", "Accept-Encoding");
  }

  /** Upstream's level: fast rather than small. */
  public static OutputStream stream(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, 64 * 1024) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }

  public static byte[] compress(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (OutputStream gzip = stream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
