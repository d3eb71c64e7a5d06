package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.PackageSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code exec}, {@code x}: a command of a package, installed apart from the project when the
 * project has none.
 */
final class ExecCommand implements Command {
  @Override
  public boolean runsInEachWorkspace() {
    return true;
  }

  @Override
  public int run(Invocation call) throws IOException {
    var words = new ArrayList<>(call.words());
    words.addAll(call.rest());
    String shellLine = call.config().fromCommandLine("call");
    String packages = call.config().fromCommandLine("package");
    if (words.isEmpty() && shellLine == null) {
      throw call.usage(
          "nodule exec -- <pkg>[@<version>] [args...], or nodule exec --package=<pkg> -c '<cmd> [args...]'");
    }
    return execute(
        call, packages == null ? List.of() : Arrays.asList(packages.split(",")), shellLine, words);
  }

  /** Also serves {@code init NAME}. */
  static int execute(
      Invocation call, List<String> packages, @Nullable String shellLine, List<String> words)
      throws IOException {
    var bins = new ArrayList<Path>();
    String script;
    List<String> arguments = List.of();
    if (shellLine != null) {
      script = shellLine;
      if (!packages.isEmpty()) {
        bins.add(installed(call, packages).resolve("node_modules/.bin"));
      }
    } else {
      String first = words.getFirst();
      arguments = List.copyOf(words.subList(1, words.size()));
      if (!packages.isEmpty()) {
        bins.add(installed(call, packages).resolve("node_modules/.bin"));
        script = ScriptRunner.quote(first);
      } else if (!first.contains("/")
          && !first.substring(Math.min(1, first.length())).contains("@")
          && isLocal(call.cwd(), first)) {
        script = ScriptRunner.quote(first);
      } else {
        var spec = PackageSpec.parse(first, call.cwd());
        String name = spec.name();
        Path local = name == null ? null : localPackage(call.project(), name, first);
        Path home = local != null ? local : installed(call, List.of(first));
        bins.add(home.resolve("node_modules/.bin"));
        script = ScriptRunner.quote(binOf(home, name));
      }
    }
    var runner = new ScriptRunner(call.config(), call.env(), call.project(), call.cwd(), "exec");
    return runner.run(call.cwd(), Map.of(), "npx", script, arguments, bins, call.out(), call.err());
  }

  private static boolean isLocal(Path from, String bin) {
    for (Path p = from; p != null; p = p.getParent()) {
      if (Files.isExecutable(p.resolve("node_modules/.bin").resolve(bin))) {
        return true;
      }
    }
    return false;
  }

  /** The project, when it has the package itself and no other version is asked for. */
  private static @Nullable Path localPackage(Path project, String name, String asked) {
    return asked.equals(name)
            && Files.exists(project.resolve("node_modules").resolve(name).resolve("package.json"))
        ? project
        : null;
  }

  private static String binOf(Path home, @Nullable String name) {
    String wanted = name;
    if (wanted == null) {
      var saved =
          Json.strings(Manifest.readContent(home.resolve("package.json")).get("dependencies"));
      wanted = saved.keySet().iterator().next();
    }
    var bins = Manifest.read(home.resolve("node_modules").resolve(wanted)).bin();
    String plain = wanted.substring(wanted.indexOf('/') + 1);
    if (bins.size() == 1 || new java.util.HashSet<>(bins.values()).size() == 1) {
      return bins.containsKey(plain) ? plain : bins.keySet().iterator().next();
    }
    if (bins.containsKey(plain)) {
      return plain;
    }
    throw new NpmException("ENOENT", "could not determine executable to run of " + wanted);
  }

  /** A folder of its own, shared by all later calls with the same packages. */
  private static Path installed(Invocation call, List<String> packages) throws IOException {
    Path folder = call.config().cacheFolder().resolve("npm/exec").resolve(key(packages));
    if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      confirm(call, packages);
    }
    Files.createDirectories(folder);
    if (!Files.exists(folder.resolve("package.json"))) {
      Files.writeString(folder.resolve("package.json"), "{}\n");
    }
    var options = new java.util.HashMap<>(call.config().commandLine());
    options.keySet().removeAll(List.of("package", "call", "prefix", "allow-scripts"));
    options.put("prefer-offline", call.config().get("prefer-offline", "false"));
    var config = NpmConfig.load(options, call.env(), null);
    var progress = call.progress();
    try {
      new ProjectInstall(folder, config, call.env(), progress, call.err())
          .run(ProjectInstall.Action.INSTALL, packages);
    } finally {
      progress.accept("");
    }
    return folder;
  }

  private static void confirm(Invocation call, List<String> packages) {
    String yes = call.config().get("yes");
    if (yes != null && !call.config().flag("yes") && !yes.equals("null")) {
      throw new NpmException(
          "ECANCELED",
          "npx canceled due to missing packages and no YES option: "
              + Json.write(found(call, packages), ""));
    }
    var console = System.console();
    if (yes != null || console == null || !console.isTerminal() || call.env().containsKey("CI")) {
      return;
    }
    call.err()
        .println(
            "Need to install the following packages:\n" + String.join("\n", found(call, packages)));
    String answer = console.readLine("Ok to proceed? (y) ");
    if (answer == null
        || !answer.isBlank()
            && !answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y")) {
      throw new NpmException("ECANCELED", "canceled");
    }
  }

  /** The packages with the versions that would be installed; an error when there is none. */
  private static List<String> found(Invocation call, List<String> packages) {
    try (var session = call.session()) {
      return packages.stream()
          .map(
              text -> {
                var manifest = session.source.manifest(PackageSpec.parse(text, call.cwd()));
                return manifest.name() + "@" + manifest.version();
              })
          .toList();
    }
  }

  private static String key(List<String> packages) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  String.join("\n", packages.stream().sorted().toList())
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
