package io.tiphys.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB's native library, unpacked once beside the data. By itself RocksDB unpacks it at every
 * start, into a temporary file that a killed process leaves behind.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private static final String NAME = "rocksdb";

  /** A process loads a library once, whatever opens how many stores: the loader's own state. */
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private NativeLibrary() {}

  static void load(Path directory) {
    if (!LOADED.get()) {
      loadFrom(directory);
      LOADED.set(true);
    }
  }

  private static void loadFrom(Path directory) {
    try {
      RocksDB.loadLibrary(List.of(unpacked(directory).toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.debug("{} cannot hold native libraries; using the temporary directory", directory, e);
      RocksDB.loadLibrary();
    }
  }

  /** The directory with the library; its name tells the library's content. */
  private static Path unpacked(Path directory) throws IOException {
    String name = Environment.getJniLibraryFileName(NAME);
    URL url = RocksDB.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IOException(name + " is not on the class path");
    }
    URLConnection connection = url.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      throw new IOException(url + " is not in a jar");
    }
    Path home = directory.resolve("native-" + Long.toHexString(jar.getJarEntry().getCrc()));
    // The file name that RocksDB.loadLibrary looks for: not that of the resource.
    Path library = home.resolve(Environment.getJniLibraryFileName(NAME + "jni"));
    if (!Files.exists(library) || Files.size(library) != jar.getJarEntry().getSize()) {
      Files.createDirectories(home);
      Path part = Files.createTempFile(home, name, ".part");
      try (InputStream in = jar.getInputStream()) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return home;
  }
}
