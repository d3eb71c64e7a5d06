package dev.nodule.npm.script;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.NpmConfig;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a command line by the shell, in the environment that npm gives to scripts. */
public final class ScriptRunner {
  private final NpmConfig config;
  private final Map<String, String> env;
  private final Path project;
  private final Path cwd;
  private final String command;

  /** What came of a script; the output is empty when it went straight to the terminal. */
  public record Outcome(int exitCode, String output) {}

  public ScriptRunner(
      NpmConfig config, Map<String, String> env, Path project, Path cwd, String command) {
    this.config = config;
    this.env = env;
    this.project = project;
    this.cwd = cwd;
    this.command = command;
  }

  /**
   * Lets the script use the streams of this process, or {@code out} and {@code err} where those are
   * others.
   */
  public int run(
      Path folder,
      Map<String, @Nullable Object> manifest,
      String event,
      String script,
      List<String> arguments,
      List<Path> binFolders,
      PrintStream out,
      PrintStream err) {
    var builder = builder(folder, manifest, event, script, arguments, binFolders);
    boolean terminal = out == System.out && err == System.err;
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    if (terminal) {
      out.flush();
      err.flush();
      builder.inheritIO();
    }
    try {
      var process = builder.start();
      if (!terminal) {
        var pump = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err));
        copy(process.getInputStream(), out);
        pump.join();
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new NpmException("ESHELL", "could not run the script shell: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  /** Keeps what the script prints, for the case that it fails. */
  Outcome capture(
      Path folder, Map<String, @Nullable Object> manifest, String event, String script) {
    var builder =
        builder(folder, manifest, event, script, List.of(), List.of()).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    var output = new ByteArrayOutputStream();
    try {
      var process = builder.start();
      copy(process.getInputStream(), output);
      return new Outcome(
          process.waitFor(), output.toString(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new NpmException("ESHELL", "could not run the script shell: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(130, "");
    }
  }

  private static void copy(java.io.InputStream in, OutputStream out) {
    try (in) {
      byte[] buffer = new byte[8192];
      for (int n; (n = in.read(buffer)) > 0; ) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // The reader's end is gone: the script finds out by itself.
    }
  }

  private ProcessBuilder builder(
      Path folder,
      Map<String, @Nullable Object> manifest,
      String event,
      String script,
      List<String> arguments,
      List<Path> binFolders) {
    var line = new StringBuilder(script);
    arguments.forEach(a -> line.append(' ').append(quote(a)));
    String shell = config.get("script-shell", "sh");
    var builder = new ProcessBuilder(shell, "-c", line.toString()).directory(folder.toFile());
    var target = builder.environment();
    target.clear();
    target.putAll(environment(folder, manifest, event, script, binFolders));
    return builder;
  }

  private Map<String, String> environment(
      Path folder,
      Map<String, @Nullable Object> manifest,
      String event,
      String script,
      List<Path> binFolders) {
    var result = new HashMap<>(env);
    config
        .commandLine()
        .forEach(
            (key, value) -> {
              if (key.matches("[a-z].*")) {
                result.put("npm_config_" + key.replace('-', '_'), value);
              }
            });
    var facts = new HashMap<String, @Nullable Object>();
    for (String key : List.of("name", "version", "config", "engines", "bin")) {
      facts.put(key, manifest.get(key));
    }
    flatten(facts, "npm_package_", result);
    result.put("npm_package_json", folder.resolve("package.json").toString());
    result.put("npm_lifecycle_event", event);
    result.put("npm_lifecycle_script", script);
    result.put("npm_command", command);
    result.put("npm_config_local_prefix", project.toString());
    result.put(
        "npm_config_user_agent",
        "npm/11.19.1 node/v"
            + System.getProperty("nodule.node.version", "26.10.0")
            + " "
            + System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT)
            + " x64 workspaces/false");
    result.putIfAbsent("INIT_CWD", cwd.toString());
    result.putIfAbsent("COLOR", "0");
    result.putIfAbsent("EDITOR", "vi");
    var path = new ArrayList<String>();
    binFolders.forEach(p -> path.add(p.toString()));
    for (Path p = folder; p != null; p = p.getParent()) {
      path.add(p.resolve("node_modules/.bin").toString());
    }
    Path shims = ScriptShims.folder(config.cacheFolder());
    if (shims != null) {
      path.add(shims.toString());
      result.put("npm_execpath", shims.resolve("npm").toString());
      Path launcher = ScriptShims.launcher();
      if (launcher != null) {
        String node = ScriptShims.node(launcher).toString();
        result.put("npm_node_execpath", node);
        result.put("NODE", node);
      }
    }
    path.add(env.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    result.put("PATH", String.join(File.pathSeparator, path));
    return result;
  }

  private static void flatten(
      Map<String, ? extends @Nullable Object> values, String prefix, Map<String, String> result) {
    values.forEach(
        (key, value) -> {
          switch (value) {
            case Map<?, ?> map -> flatten(Json.object(map), prefix + key + "_", result);
            case List<?> list -> {
              for (int i = 0; i < list.size(); i++) {
                flatten(Map.of(key + "_" + i, list.get(i)), prefix, result);
              }
            }
            case Boolean b when !b -> result.put(prefix + key, "");
            case null -> {}
            default -> result.put(prefix + key, String.valueOf(value));
          }
        });
  }

  /** One word for a POSIX shell. */
  public static String quote(String argument) {
    return argument.matches("[A-Za-z0-9_/:=.,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
