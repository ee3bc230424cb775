package io.tiphys.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A {@code --config} file: YAML whose keys are the command's flags without the dashes. A list is
 * the same as a flag with commas.
 */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * @throws UsageException naming file, line and key
   */
  static List<String> arguments(Path file, Set<String> flags) {
    Node root;
    try {
      LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
      root =
          new Compose(settings)
              .composeReader(new StringReader(Files.readString(file)))
              .orElse(null);
    } catch (IOException e) {
      throw new UsageException("cannot read the configuration file " + file + ": " + e);
    } catch (YamlEngineException e) {
      throw new UsageException(file + " is not YAML: " + e.getMessage());
    }
    if (root == null) {
      return List.of();
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new UsageException(at(file, root) + "expected settings of the form \"key: value\"");
    }
    List<String> arguments = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = scalar(file, entry.getKeyNode());
      if (!flags.contains("--" + key) || key.equals("config")) {
        Set<String> keys = flags.stream().map(f -> f.substring(2)).collect(Collectors.toSet());
        throw new UsageException(at(file, entry.getKeyNode()) + Nearest.unknown("key", key, keys));
      }
      arguments.add("--" + key + "=" + value(file, entry.getValueNode()));
    }
    return arguments;
  }

  private static String value(Path file, Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(n -> scalar(file, n)).collect(Collectors.joining(","))
        : scalar(file, node);
  }

  private static String scalar(Path file, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new UsageException(at(file, node) + "expected a plain value");
  }

  private static String at(Path file, Node node) {
    return file + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("") + ": ";
  }
}
