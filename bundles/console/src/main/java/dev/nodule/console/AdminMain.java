package dev.nodule.console;

import dev.nodule.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code nodule ps}, {@code modules}, {@code swap}, {@code update}, {@code rollback}, {@code stop},
 * {@code start}, {@code history}, {@code top} and {@code new module}. Exit codes: 0 done, 1
 * refused, 2 no such process, 9 wrong usage.
 */
public final class AdminMain {
  private static final int REFUSED = 1;
  private static final int NO_PROCESS = 2;
  private static final int USAGE = 9;

  private final PrintStream out;
  private boolean json;
  private boolean allowOlder;
  private boolean shipped;
  private boolean once;
  private boolean gate = true;
  private boolean persist = true;
  private @Nullable String directory;
  private final Map<String, Object> gateLimits = new LinkedHashMap<>();

  private AdminMain(PrintStream out) {
    this.out = out;
  }

  /** Runs one command and ends the JVM. */
  public static void main(String[] arguments) {
    int code = new AdminMain(System.out).run(List.of(arguments), System.err);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private int run(List<String> arguments, PrintStream err) {
    List<String> words = new ArrayList<>();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--json" -> json = true;
        case "--allow-older" -> allowOlder = true;
        case "--shipped" -> shipped = true;
        case "--once" -> once = true;
        case "--no-gate" -> gate = false;
        case "--no-persist" -> persist = false;
        case "--dir" -> directory = rest.hasNext() ? rest.next() : "";
        default -> {
          if (argument.startsWith("--dir=")) {
            directory = argument.substring("--dir=".length());
          } else {
            words.add(argument);
          }
        }
      }
    }
    try {
      readLimits(words);
      perform(words);
      return 0;
    } catch (AdminException e) {
      if (json) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("refused", e.reason());
        report.put("message", e.getMessage());
        out.println(Json.write(report, ""));
      } else {
        err.println("nodule: " + e.getMessage());
      }
      return switch (e.reason()) {
        case "NO_PROCESS" -> NO_PROCESS;
        case "USAGE" -> USAGE;
        default -> REFUSED;
      };
    }
  }

  /** Takes --gate-seconds=, --gate-errors= and --gate-lag= out of the words. */
  private void readLimits(List<String> words) throws AdminException {
    Map<String, String> keys =
        Map.of(
            "--gate-seconds",
            "gateSeconds",
            "--gate-errors",
            "gateErrors",
            "--gate-lag",
            "gateLagMs");
    for (String word : List.copyOf(words)) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? null : keys.get(word.substring(0, equals));
      if (key != null) {
        words.remove(word);
        try {
          gateLimits.put(key, Double.valueOf(word.substring(equals + 1)));
        } catch (NumberFormatException e) {
          throw usage(word + ": not a number");
        }
      }
    }
  }

  private void perform(List<String> words) throws AdminException {
    String command = words.getFirst();
    for (String word : words) {
      if (word.startsWith("--")) {
        throw usage("unknown option " + word);
      }
    }
    switch (command) {
      case "ps" -> new ProcessTable(out).print(AdminClient.processes(), json);
      case "modules" -> modules(words);
      case "history" -> history(words);
      case "new" -> create(words);
      case "top" -> top(words);
      case "swap" -> swap(words);
      case "update" -> update(words);
      case "rollback", "stop", "start" -> change(command, words);
      default -> throw usage("unknown command " + command);
    }
  }

  private static AdminException usage(String message) {
    return new AdminException("USAGE", message);
  }

  private void modules(List<String> words) throws AdminException {
    try (AdminClient client = AdminClient.connect(process(words, 1, 2))) {
      new ModuleTable(out).print(client.request(AdminClient.request("modules")), json);
    }
  }

  private void top(List<String> words) throws AdminException {
    try (AdminClient client = AdminClient.connect(process(words, 1, 2))) {
      new TopView(out, json, once).run(client);
    }
  }

  private void create(List<String> words) throws AdminException {
    if (words.size() != 3 || !words.get(1).equals("module") || "".equals(directory)) {
      throw usage("nodule new module NAME [--dir FOLDER]");
    }
    new NewModule(out).write(words.get(2), directory, json);
  }

  private void history(List<String> words) throws AdminException {
    try (AdminClient client = AdminClient.connect(process(words, 1, 2))) {
      Object operations = client.request(AdminClient.request("history"));
      if (json) {
        out.println(Json.write(operations, ""));
      } else if (operations instanceof List<?> list) {
        list.forEach(operation -> new OperationText(out).print(Json.object(operation)));
      }
    }
  }

  private void swap(List<String> words) throws AdminException {
    if (words.size() < 3) {
      throw usage("nodule swap PID BUNDLE.jar ...");
    }
    Map<String, @Nullable Object> request = AdminClient.request("swap");
    request.put(
        "jars",
        words.subList(2, words.size()).stream()
            .map(jar -> Path.of(jar).toAbsolutePath().toString())
            .toList());
    putOptions(request);
    send(pid(words.get(1)), request);
  }

  private void update(List<String> words) throws AdminException {
    if (words.size() < 2) {
      throw usage("nodule update [PID] FILE");
    }
    Map<String, @Nullable Object> request = AdminClient.request("update");
    request.put("file", Path.of(words.getLast()).toAbsolutePath().toString());
    putOptions(request);
    send(process(words.subList(0, words.size() - 1), 1, 2), request);
  }

  private void putOptions(Map<String, @Nullable Object> request) {
    request.put("allowOlder", allowOlder);
    request.put("persist", persist);
    request.put("gate", gate);
    request.putAll(gateLimits);
  }

  private void change(String command, List<String> words) throws AdminException {
    if (words.size() != 3) {
      throw usage("nodule " + command + " PID MODULE");
    }
    Map<String, @Nullable Object> request = AdminClient.request(command);
    request.put("module", words.get(2));
    request.put("shipped", shipped);
    send(pid(words.get(1)), request);
  }

  private void send(long pid, Map<String, @Nullable Object> request) throws AdminException {
    try (AdminClient client = AdminClient.connect(pid)) {
      Object operation = client.request(request);
      if (json) {
        out.println(Json.write(operation, ""));
      } else {
        new OperationText(out).print(Json.object(operation));
      }
    }
  }

  /** The process that is named, or the only one there is. */
  private static long process(List<String> words, int index, int most) throws AdminException {
    if (words.size() > most) {
      throw usage("too many arguments");
    }
    if (words.size() > index) {
      return pid(words.get(index));
    }
    List<Map<String, @Nullable Object>> processes = AdminClient.processes();
    if (processes.size() != 1) {
      throw new AdminException(
          processes.isEmpty() ? "NO_PROCESS" : "USAGE",
          processes.isEmpty()
              ? "no Nodule process of yours is running"
              : "more than one process is running: name one (nodule ps)");
    }
    return processes.getFirst().get("pid") instanceof Number pid ? pid.longValue() : 0;
  }

  private static long pid(String word) throws AdminException {
    try {
      return Long.parseUnsignedLong(word);
    } catch (NumberFormatException e) {
      throw usage("'" + word + "' is no process number");
    }
  }
}
