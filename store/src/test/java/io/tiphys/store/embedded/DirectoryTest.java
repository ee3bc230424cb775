package io.tiphys.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a data directory. */
class DirectoryTest {
  @TempDir Path directory;

  private void assertInUseBy(long pid) {
    assertThatThrownBy(() -> EmbeddedStore.open(directory))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(directory + " is in use by process " + pid);
  }

  @Test
  void belongsToOneStoreOfAProcess() {
    try (Store first = EmbeddedStore.open(directory)) {
      assertInUseBy(ProcessHandle.current().pid());
      assertInUseBy(ProcessHandle.current().pid());
      assertThat(first.health().writable()).isTrue();
    }
    EmbeddedStore.open(directory).close();
  }

  @Test
  void belongsToOneProcess() throws Exception {
    Process other = CrashWriter.start(directory, 1, 1);
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("open");
      assertInUseBy(other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    EmbeddedStore.open(directory).close();
  }

  @Test
  void aFileInItsPlaceIsReported() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }
}
