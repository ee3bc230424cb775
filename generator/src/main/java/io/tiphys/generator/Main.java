package io.tiphys.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Called by module model's build: {@code Main RESOURCE_DIRECTORY SOURCE_DIRECTORY}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: Main RESOURCE_DIRECTORY SOURCE_DIRECTORY");
    }
    Map<String, TypeDef> types = Assembler.assemble(Packages.read());
    Path resources = Path.of(arguments[0], "io/tiphys/model/schema");
    write(resources.resolve("schema.bin"), SchemaWriter.write(types));
    write(resources.resolve("descriptions.z"), DescriptionsWriter.write(types.values()));
  }

  /** Leaves a file alone that has the right content, so that nothing that uses it is rebuilt. */
  private static void write(Path file, byte[] content) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    }
  }
}
