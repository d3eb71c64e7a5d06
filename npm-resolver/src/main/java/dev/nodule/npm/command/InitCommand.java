package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.install.PackageJsonFile;
import dev.nodule.npm.tree.PackageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code init}: a new package.json; {@code init NAME}: the package create-NAME. */
final class InitCommand implements Command {
  @Override
  public int run(Invocation call) throws IOException {
    if (!call.words().isEmpty()) {
      var words = new ArrayList<>(call.words());
      words.set(0, initializer(words.getFirst()));
      words.addAll(call.rest());
      return ExecCommand.execute(call, List.of(), null, words);
    }
    var file = PackageJsonFile.read(call.cwd());
    defaults(call)
        .forEach(
            (key, value) -> {
              if (!file.content.containsKey(key)) {
                file.put(key, value);
              }
            });
    var console = System.console();
    if (!call.config().flag("yes")
        && call.out() == System.out
        && console != null
        && console.isTerminal()) {
      for (String key :
          List.of("name", "version", "description", "main", "author", "license", "type")) {
        String current = Json.string(file.content.get(key));
        String answer =
            console.readLine(key + ": " + (current.isEmpty() ? "" : "(" + current + ") "));
        if (answer != null && !answer.isBlank()) {
          file.put(key, answer.strip());
        }
      }
    }
    String name = Json.string(file.content.get("name"));
    if (!PackageSpec.isValidName(name)) {
      throw call.usage("Invalid name: \"" + name + "\"");
    }
    file.save();
    call.out().println("Wrote to " + file.file + ":\n\n" + file.text() + "\n");
    return 0;
  }

  private static Map<String, @Nullable Object> defaults(Invocation call) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    String folder =
        String.valueOf(call.cwd().getFileName()).toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
    result.put("name", folder);
    result.put("version", call.config().get("init-version", "1.0.0"));
    result.put("description", "");
    result.put(
        "main",
        Files.exists(call.cwd().resolve("server.js"))
                && !Files.exists(call.cwd().resolve("index.js"))
            ? "server.js"
            : "index.js");
    var scripts = new LinkedHashMap<String, @Nullable Object>();
    scripts.put("test", "echo \"Error: no test specified\" && exit 1");
    if (Files.exists(call.cwd().resolve("server.js"))) {
      scripts.put("start", "node server.js");
    }
    result.put("scripts", scripts);
    result.put("keywords", new ArrayList<@Nullable Object>());
    result.put("author", call.config().get("init-author-name", ""));
    result.put("license", call.config().get("init-license", "ISC"));
    result.put("type", call.config().get("init-type", "commonjs"));
    return result;
  }

  /**
   * {@code foo} is create-foo, {@code @scope} is @scope/create, {@code @scope/foo}
   * is @scope/create-foo.
   */
  static String initializer(String name) {
    int at = name.indexOf('@', 1);
    String version = at > 0 ? name.substring(at) : "";
    String plain = at > 0 ? name.substring(0, at) : name;
    if (!plain.startsWith("@")) {
      return "create-" + plain + version;
    }
    int slash = plain.indexOf('/');
    return slash < 0
        ? plain + "/create" + version
        : plain.substring(0, slash) + "/create-" + plain.substring(slash + 1) + version;
  }
}
