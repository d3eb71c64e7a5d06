package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.ConfigDefaults;
import dev.nodule.npm.registry.NpmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code config}: the settings in force, and changes to an npmrc. */
final class ConfigCommand implements Command {
  @Override
  public int run(Invocation call) throws IOException {
    var words = new ArrayList<>(call.words());
    String action =
        call.word().equals("config") || call.word().equals("c")
            ? words.isEmpty() ? "list" : words.removeFirst()
            : call.word();
    switch (action) {
      case "list", "ls" -> {
        var settings = new TreeMap<String, String>();
        if (call.config().flag("long")) {
          settings.putAll(ConfigDefaults.all());
        }
        settings.putAll(call.config().visible());
        var values = new LinkedHashMap<String, @Nullable Object>();
        settings.forEach((k, v) -> values.put(k, ConfigDefaults.value(v)));
        if (call.isJson()) {
          call.printJson(values);
        } else {
          call.out().print(ConfigListing.of(call));
        }
      }
      case "get" -> {
        for (String key : words) {
          if (NpmConfig.isSecret(key)) {
            throw new NpmException(
                "EPROTECTED",
                "The " + key + " option is protected, and cannot be retrieved in this way");
          }
          String value =
              call.config().get(key) != null ? call.config().get(key) : ConfigDefaults.of(key);
          call.out()
              .println((words.size() > 1 ? key + "=" : "") + (value == null ? "undefined" : value));
        }
      }
      case "set" -> {
        if (words.isEmpty()) {
          throw call.usage("nodule config set <key>=<value> [<key>=<value> ...]");
        }
        var pairs =
            words.size() == 2 && !words.getFirst().contains("=")
                ? List.of(words.getFirst() + "=" + words.getLast())
                : words;
        for (String pair : pairs) {
          int eq = pair.indexOf('=');
          change(
              file(call),
              eq < 0 ? pair : pair.substring(0, eq),
              eq < 0 ? "" : pair.substring(eq + 1));
        }
      }
      case "delete", "rm", "del" -> {
        for (String key : words) {
          change(file(call), key, null);
        }
      }
      case "fix" -> {} // nothing here knows of outdated settings
      default -> throw call.usage("nodule config list|get|set|delete|fix");
    }
    return 0;
  }

  private static Path file(Invocation call) {
    String location = call.config().get("location", "user");
    return switch (location) {
      case "project" -> call.project().resolve(".npmrc");
      case "user" -> {
        String given = call.config().get("userconfig");
        yield given != null
            ? Path.of(given)
            : Path.of(call.env().getOrDefault("HOME", System.getProperty("user.home")), ".npmrc");
      }
      default -> throw call.usage("--location is user or project, not " + location);
    };
  }

  private static void change(Path file, String key, @Nullable String value) throws IOException {
    var lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.<String>of());
    lines.removeIf(line -> line.replaceFirst("\\s*=.*", "").strip().equals(key));
    if (value != null) {
      lines.add(key + "=" + value);
    }
    Path folder = file.toAbsolutePath().getParent();
    Path fresh =
        Files.createTempFile(
            folder,
            ".npmrc",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, lines);
    Files.move(
        fresh,
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
