package io.tiphys.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Called by the builds of modules model ({@code Main schema DIRECTORY}: the schema's resources) and
 * views ({@code Main views DIRECTORY}: the sources of the view classes).
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    Stamp stamp = new Stamp(directory);
    if (stamp.isFresh()) {
      return;
    }
    Map<String, TypeDef> types = Assembler.assemble(Packages.read());
    switch (arguments[0]) {
      case "schema" -> {
        Path resources = directory.resolve("io/tiphys/model/schema");
        write(resources.resolve("schema.bin"), SchemaWriter.write(types));
        write(resources.resolve("descriptions.z"), DescriptionsWriter.write(types.values()));
      }
      case "views" -> {
        for (Map.Entry<String, String> source : Views.sources(types).entrySet()) {
          byte[] text = source.getValue().getBytes(StandardCharsets.UTF_8);
          write(directory.resolve(source.getKey()), text);
        }
      }
      default -> throw new IllegalArgumentException("usage: Main schema|views DIRECTORY");
    }
    stamp.set();
  }

  /** Leaves a file alone that has the right content, so that nothing that uses it is rebuilt. */
  private static void write(Path file, byte[] content) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    }
  }
}
