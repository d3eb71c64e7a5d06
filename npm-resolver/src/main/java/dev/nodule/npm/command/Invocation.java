package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.InstalledTree;
import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.registry.NpmConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command was called with.
 *
 * @param word the command as the user wrote it
 * @param words the arguments that are no options
 * @param rest what stood behind {@code --}
 * @param project the nearest folder upwards that is a project, or the folder of global packages
 * @param workspaces the folders that {@code --workspace} or the current folder choose
 */
record Invocation(
    String word,
    List<String> words,
    List<String> rest,
    NpmConfig config,
    Path cwd,
    Path project,
    Map<String, String> env,
    PrintStream out,
    PrintStream err,
    List<Path> workspaces) {

  boolean isJson() {
    return config.flag("json");
  }

  void printJson(@Nullable Object value) {
    out.println(Json.write(value, "  "));
  }

  Session session() {
    return new Session(config, env);
  }

  InstalledTree installed() {
    return InstalledTree.load(project, config.flag("legacy-peer-deps"), isGlobal());
  }

  ProjectInstall install() {
    return new ProjectInstall(
        project,
        config,
        env,
        progress(),
        err,
        isGlobal() ? CommandTable.globalPrefix(config).resolve("bin") : null,
        workspaces);
  }

  boolean isGlobal() {
    return config.flag("global") || "global".equals(config.get("location"));
  }

  /** The same call as if made in one workspace. */
  Invocation in(Path folder) {
    return new Invocation(word, words, rest, config, folder, folder, env, out, err, List.of());
  }

  boolean isSilent() {
    return "silent".equals(config.get("loglevel"));
  }

  /** Whether standard output takes colours: as {@code --color} says, else on a terminal. */
  boolean isColored() {
    String wish = config.get("color", "");
    return wish.equals("always")
        || !wish.equals("false")
            && !env.containsKey("NO_COLOR")
            && out == System.out
            && System.console() != null
            && System.console().isTerminal();
  }

  NpmException usage(String text) {
    return new NpmException("EUSAGE", text);
  }

  /** Shows steps in a line that is overwritten, on a terminal only. */
  Consumer<String> progress() {
    boolean terminal =
        err == System.err
            && config.flag("progress", true)
            && !env.containsKey("CI")
            && System.console() != null
            && System.console().isTerminal();
    return step -> {
      if (terminal) {
        err.print(step.isEmpty() ? "\r\u001b[K" : "\r\u001b[K" + step + " ...");
        err.flush();
      }
    };
  }
}
