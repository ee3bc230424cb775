package io.tiphys.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of the {@code tiphys} command. Exit codes: 0 done, 1 failed, 2 usage. */
@Command(
    name = "tiphys",
    description = "A highly available Kubernetes in Java.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServerCommand.class, VersionCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Tiphys implements Runnable {
  @Spec private CommandSpec spec;

  private Tiphys() {}

  /** Without a command: says which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command to its end; returns the exit code. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Tiphys());
    line.setOverwrittenOptionsAllowed(true);
    line.setParameterExceptionHandler(Tiphys::usage);
    line.setExecutionExceptionHandler(Tiphys::failed);
    PrintWriter err = line.getErr();
    List<String> known;
    try {
      known = new Arguments(line).known(List.of(args), text -> err.println("tiphys: " + text));
    } catch (UsageException e) {
      err.println("tiphys: " + e.getMessage());
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    err.flush();
    return line.execute(known.toArray(String[]::new));
  }

  private static int usage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("tiphys: " + e.getMessage());
    err.println("See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    line.getErr().println("tiphys: " + message);
    if (Boolean.getBoolean("tiphys.stacktrace")) {
      e.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
