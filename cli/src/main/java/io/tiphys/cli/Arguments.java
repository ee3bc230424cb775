package io.tiphys.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * Makes a command line one that the parser knows: takes in the {@code --config} file, and answers
 * flags of other tools and times with what replaced them.
 */
final class Arguments {
  private final CommandLine root;

  Arguments(CommandLine root) {
    this.root = root;
  }

  /**
   * @param warn is told of flags that were left out because they need no replacement
   * @throws UsageException for flags that ask for something that is gone
   */
  List<String> known(List<String> args, Consumer<String> warn) {
    CommandLine command = args.isEmpty() ? null : root.getSubcommands().get(args.getFirst());
    if (command == null) {
      return args;
    }
    Set<String> flags = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
    List<String> known = new ArrayList<>(List.of(args.getFirst()));
    List<String> given = args.subList(1, args.size());
    known.addAll(configured(given, flags));
    for (int i = 0; i < given.size(); i++) {
      String flag = flagOf(given.get(i));
      if (!flag.startsWith("--") || flags.contains(flag)) {
        known.add(given.get(i));
        continue;
      }
      FormerFlags.Answer answer = FormerFlags.find(flag);
      switch (answer) {
        case FormerFlags.Answer.Unknown _ ->
            throw new UsageException(Nearest.unknown("flag", flag, flags));
        case FormerFlags.Answer.Gone(String why) ->
            throw new UsageException(flag + " is not supported: " + why);
        case FormerFlags.Answer.Renamed(String now) ->
            known.add(now + given.get(i).substring(flag.length()));
        case FormerFlags.Answer.Needless(String why, boolean takesValue) -> {
          warn.accept(flag + " is left out: " + why);
          boolean valueFollows =
              takesValue
                  && !given.get(i).contains("=")
                  && i + 1 < given.size()
                  && !given.get(i + 1).startsWith("--");
          i += valueFollows ? 1 : 0;
        }
      }
    }
    return known;
  }

  /** The file's settings come first, so that the command line has the last word. */
  private static List<String> configured(List<String> given, Set<String> flags) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).startsWith("--config=")) {
        return ConfigFile.arguments(Path.of(given.get(i).substring("--config=".length())), flags);
      }
      if (given.get(i).equals("--config") && i + 1 < given.size()) {
        return ConfigFile.arguments(Path.of(given.get(i + 1)), flags);
      }
    }
    return List.of();
  }

  private static String flagOf(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
