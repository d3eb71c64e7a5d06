package dev.nodule.npm.script;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Manifest;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The project's own lifecycle scripts around an install; they need no approval, as the project is
 * the user's.
 */
public final class ProjectScripts {
  private final Path project;
  private final ScriptRunner runner;
  private final PrintStream log;
  private final boolean enabled;

  public ProjectScripts(Path project, ScriptRunner runner, PrintStream log, boolean enabled) {
    this.project = project;
    this.runner = runner;
    this.log = log;
    this.enabled = enabled && Files.exists(project.resolve("package.json"));
  }

  public void run(String event) {
    if (!enabled) {
      return;
    }
    var manifest = Manifest.readContent(project.resolve("package.json"));
    String script = Json.strings(manifest.get("scripts")).get(event);
    if (script == null || script.isBlank()) {
      return;
    }
    log.println("\n> " + id(manifest) + event + "\n> " + script + "\n");
    int code = runner.run(project, manifest, event, script, List.of(), List.of(), log, log);
    if (code != 0) {
      throw new NpmException(
          String.valueOf(code), "path " + project + "\ncommand failed\ncommand sh -c " + script);
    }
  }

  private static String id(java.util.Map<String, ?> manifest) {
    String name = Json.string(manifest.get("name"));
    String version = Json.string(manifest.get("version"));
    return name.isEmpty() ? "" : name + (version.isEmpty() ? "" : "@" + version) + " ";
  }
}
