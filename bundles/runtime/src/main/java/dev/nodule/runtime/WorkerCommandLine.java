package dev.nodule.runtime;

import dev.nodule.api.NodeException;
import dev.nodule.api.WorkerStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a worker: those of its parent, or what it is given. */
final class WorkerCommandLine {
  private static final String CODE = "ERR_WORKER_INVALID_EXEC_ARGV";

  /** What belongs to the whole process. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of(
          "--title",
          "--version",
          "--help",
          "--check",
          "--eval",
          "--print",
          "--interactive",
          "--expose-gc",
          "--max-old-space-size",
          "--stack-size",
          "--secure-heap",
          "--secure-heap-min",
          "--v8-pool-size",
          "--zero-fill-buffers",
          "--disable-proto",
          "--node-snapshot",
          "--icu-data-dir",
          "--openssl-config",
          "--tls-cipher-list",
          "--use-openssl-ca",
          "--use-bundled-ca",
          "--trace-event-categories",
          "--redirect-warnings-to");

  private WorkerCommandLine() {}

  static CommandLine of(CommandLine parent, WorkerStart start) {
    List<String> execArgv = start.execArgv();
    String nodeOptions = start.nodeOptions();
    if (execArgv == null && nodeOptions == null) {
      return new CommandLine(
          withoutEntry(parent.options()), parent.execArgv(), null, parent.arguments());
    }
    List<String> own = execArgv == null ? parent.execArgv() : execArgv;
    if (nodeOptions != null) {
      checkNodeOptions(nodeOptions);
    }
    if (execArgv != null) {
      for (String word : own) {
        if (isOfTheProcess(word)) {
          throw invalid("invalid execArgv flags: " + word);
        }
      }
    }
    try {
      CommandLine line = new CommandLineParser().parse(own, nodeOptions);
      if (line.script() != null) {
        throw invalid("invalid execArgv flags: " + line.script());
      }
      return new CommandLine(
          withoutEntry(line.options()), line.execArgv(), null, parent.arguments());
    } catch (BadOptionException e) {
      String message = String.valueOf(e.getMessage());
      throw invalid(
          "invalid execArgv flags: "
              + (message.startsWith("bad option: ")
                  ? message.substring("bad option: ".length())
                  : message));
    }
  }

  private static void checkNodeOptions(String nodeOptions) {
    try {
      for (String word : NodeOptions.split(nodeOptions)) {
        if (isOfTheProcess(word)) {
          throw invalid("invalid NODE_OPTIONS env variable: " + word);
        }
      }
      new CommandLineParser().parse(List.of(), nodeOptions);
    } catch (BadOptionException e) {
      throw invalid("invalid NODE_OPTIONS env variable: " + e.getMessage());
    }
  }

  private static boolean isOfTheProcess(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    return OF_THE_PROCESS.contains(NodeOptions.ALIASES.getOrDefault(name, name));
  }

  /** What a process is to run is no business of its workers. */
  private static Map<String, Object> withoutEntry(Map<String, Object> options) {
    Map<String, Object> copy = new HashMap<>(options);
    copy.keySet().removeAll(Set.of("--eval", "--print", "--check"));
    return copy;
  }

  private static NodeException invalid(String text) {
    return new NodeException(CODE, "Initiated Worker with " + text);
  }
}
