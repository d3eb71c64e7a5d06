package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.Nearest;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.tree.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code run}, {@code test}, {@code start}, {@code stop}, {@code restart}: a script of package.json
 * with its pre and post.
 */
final class RunCommand implements Command {
  private static final List<String> LIFECYCLE = List.of("start", "stop", "restart", "test");

  @Override
  public boolean runsInEachWorkspace() {
    return true;
  }

  @Override
  public int run(Invocation call) {
    Path file = call.project().resolve("package.json");
    if (!Files.exists(file)) {
      throw new NpmException(
          "ENOENT", "Could not read package.json: no such file or directory, open '" + file + "'");
    }
    var manifest = Manifest.readContent(file);
    var scripts = new LinkedHashMap<>(Json.strings(manifest.get("scripts")));
    var words = new ArrayList<>(call.words());
    String event =
        call.word().startsWith("run") || call.word().equals("rum") || call.word().equals("urn")
            ? words.isEmpty() ? "" : words.removeFirst()
            : call.word().matches("t|tst") ? "test" : call.word();
    if (event.isEmpty()) {
      list(call, manifest, scripts);
      return 0;
    }
    words.addAll(call.rest());
    if (event.equals("start")
        && !scripts.containsKey("start")
        && Files.exists(call.project().resolve("server.js"))) {
      scripts.put("start", "node server.js");
    }
    if (event.equals("env") && !scripts.containsKey("env")) {
      scripts.put("env", "env");
    }
    if (!scripts.containsKey(event)) {
      if (event.equals("restart") && scripts.containsKey("start")) {
        int code =
            scripts.containsKey("stop") ? runAll(call, manifest, scripts, "stop", List.of()) : 0;
        return code != 0 ? code : runAll(call, manifest, scripts, "start", words);
      }
      if (call.config().flag("if-present")) {
        return 0;
      }
      String near =
          Nearest.of(event, scripts.keySet(), Math.max(1, event.length() / 2), 1).stream()
              .findFirst()
              .map(s -> "\n\nDid you mean this?\n  nodule run " + s)
              .orElse("");
      throw new NpmException(
          "EMISSINGSCRIPT",
          "Missing script: \""
              + event
              + "\""
              + near
              + "\n\nTo see a list of scripts, run:\n  nodule run");
    }
    return runAll(call, manifest, scripts, event, words);
  }

  private static int runAll(
      Invocation call,
      Map<String, ?> manifest,
      Map<String, String> scripts,
      String event,
      List<String> arguments) {
    var runner =
        new ScriptRunner(
            call.config(),
            call.env(),
            call.project(),
            call.cwd(),
            call.word().startsWith("run") ? "run" : call.word());
    var content = Json.object(manifest);
    boolean only = call.config().flag("ignore-scripts");
    for (String step : only ? List.of(event) : List.of("pre" + event, event, "post" + event)) {
      String script = scripts.get(step);
      if (script == null) {
        continue;
      }
      boolean main = step.equals(event);
      if (!call.isSilent()) {
        String name = Json.string(content.get("name"));
        String version = Json.string(content.get("version"));
        String id = name.isEmpty() ? "" : name + (version.isEmpty() ? "" : "@" + version) + " ";
        String shown =
            main && !arguments.isEmpty()
                ? " " + String.join(" ", arguments.stream().map(ScriptRunner::quote).toList())
                : "";
        call.out().println("\n> " + id + step + "\n> " + script + shown + "\n");
      }
      int code =
          runner.run(
              call.project(),
              content,
              step,
              script,
              main ? arguments : List.of(),
              List.of(),
              call.out(),
              call.err());
      if (code != 0) {
        return code;
      }
    }
    return 0;
  }

  private static void list(
      Invocation call, Map<String, @Nullable Object> manifest, Map<String, String> scripts) {
    if (call.isJson()) {
      call.printJson(scripts);
      return;
    }
    String name = Json.string(manifest.get("name"));
    String version = Json.string(manifest.get("version"));
    String id = (name.isEmpty() ? "" : name) + (version.isEmpty() ? "" : "@" + version);
    boolean first = true;
    for (boolean lifecycle : new boolean[] {true, false}) {
      var group =
          scripts.entrySet().stream()
              .filter(e -> LIFECYCLE.contains(e.getKey()) == lifecycle)
              .toList();
      if (!group.isEmpty()) {
        call.out().println(heading(lifecycle, first, id));
        first = false;
        group.forEach(e -> call.out().println("  " + e.getKey() + "\n    " + e.getValue()));
      }
    }
  }

  private static String heading(boolean lifecycle, boolean first, String id) {
    return lifecycle
        ? "Lifecycle scripts included in " + id + ":"
        : (first ? "Scripts available in " + id + " via" : "available via") + " `nodule run`:";
  }
}
