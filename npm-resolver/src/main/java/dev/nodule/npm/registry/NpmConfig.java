package dev.nodule.npm.registry;

import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * npm's configuration: command line over environment over the project's, the user's, the global and
 * the built-in npmrc.
 */
public final class NpmConfig {
  private static final Pattern VARIABLE =
      Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\$\\{([^${}?]+)(\\?)?\\}");

  /**
   * Settings of one source.
   *
   * @param name npm's word for it: cli, env, project, user, global, builtin
   * @param source what it is to its reader: a file, or words
   */
  public record Level(String name, String source, Map<String, String> values) {}

  private final List<Level> levels = new ArrayList<>();
  private final Map<String, String> env;

  private NpmConfig(Map<String, String> env) {
    this.env = env;
  }

  public static NpmConfig load(
      Map<String, String> cli, Map<String, String> env, @Nullable Path project) {
    var config = new NpmConfig(env);
    config.levels.add(new Level("cli", "command line options", cli));
    config.levels.add(new Level("env", "environment", fromEnvironment(env)));
    if (project != null) {
      config.add("project", project.resolve(".npmrc"));
    }
    String home = env.getOrDefault("HOME", System.getProperty("user.home"));
    String user = config.get("userconfig");
    config.add("user", user != null ? Path.of(user) : Path.of(home, ".npmrc"));
    String global = config.get("globalconfig");
    String prefix = config.get("prefix");
    if (global != null) {
      config.add("global", Path.of(global));
    } else if (prefix != null) {
      config.add("global", Path.of(prefix, "etc", "npmrc"));
    }
    String nodule = System.getProperty("nodule.home");
    if (nodule != null) {
      config.add("builtin", Path.of(nodule, "etc", "npmrc"));
    }
    return config;
  }

  private void add(String name, Path file) {
    levels.add(new Level(name, file.toString(), read(file)));
  }

  private static Map<String, String> fromEnvironment(Map<String, String> env) {
    var result = new HashMap<String, String>();
    env.forEach(
        (k, v) -> {
          String key = k.toLowerCase(Locale.ROOT);
          if (key.startsWith("npm_config_") && !v.isEmpty()) {
            String rest = k.substring("npm_config_".length());
            // Keys bound to a registry keep their spelling; ordinary ones are written with dashes.
            result.put(
                rest.startsWith("//") || rest.startsWith("@")
                    ? rest
                    : rest.toLowerCase(Locale.ROOT).replaceAll("(?<!^)_", "-"),
                v);
          }
        });
    return result;
  }

  private Map<String, String> read(Path file) {
    var result = new LinkedHashMap<String, String>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return result;
    }
    for (String raw : lines) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
        continue;
      }
      int eq = line.indexOf('=');
      String key = expand(unquote((eq < 0 ? line : line.substring(0, eq)).strip()));
      String value = eq < 0 ? "true" : expand(unquote(line.substring(eq + 1).strip()));
      if (key.endsWith("[]")) {
        String name = key.substring(0, key.length() - 2);
        result.merge(name, value, (a, b) -> a + "\n\n" + b);
      } else {
        result.put(key, value);
      }
    }
    return result;
  }

  private static String unquote(String s) {
    if (s.length() > 1
        && (s.startsWith("\"") && s.endsWith("\"") || s.startsWith("'") && s.endsWith("'"))) {
      return s.substring(1, s.length() - 1);
    }
    for (int i = 1; i < s.length(); i++) {
      char c = s.charAt(i);
      if ((c == ';' || c == '#') && Character.isWhitespace(s.charAt(i - 1))) {
        return s.substring(0, i).strip();
      }
    }
    return s;
  }

  private String expand(String s) {
    return VARIABLE
        .matcher(s)
        .replaceAll(
            m -> {
              String value = env.get(m.group(2));
              String text =
                  value != null
                      ? value
                      : m.group(3) != null ? "" : m.group().substring(m.group(1).length());
              return java.util.regex.Matcher.quoteReplacement(m.group(1) + text);
            });
  }

  public @Nullable String get(String key) {
    var level = strongest(key);
    return level == null ? null : level.values.get(key);
  }

  /** The source whose value of a setting is in force. */
  public @Nullable Level strongest(String key) {
    for (var level : levels) {
      if (level.values.get(key) != null) {
        return level;
      }
    }
    return null;
  }

  /** All sources, the strongest first. */
  public List<Level> levels() {
    return List.copyOf(levels);
  }

  /** Whether a setting is not to be shown. */
  public static boolean isSecret(String key) {
    return key.startsWith("_") || key.contains(":_");
  }

  /** The value that the command line or the environment gives, not one of a file. */
  public @Nullable String fromCommandLine(String key) {
    String v = levels.get(0).values.get(key);
    return v != null ? v : levels.get(1).values.get(key);
  }

  /** The same settings with one more option on the command line. */
  public NpmConfig withCommandLine(String key, String value) {
    var copy = new NpmConfig(env);
    copy.levels.addAll(levels);
    var first = levels.get(0);
    var commandLine = new HashMap<>(first.values);
    commandLine.put(key, value);
    copy.levels.set(0, new Level(first.name, first.source, commandLine));
    return copy;
  }

  /** The options of the command line. */
  public Map<String, String> commandLine() {
    return levels.get(0).values;
  }

  /** All settings that are in force, by key, credentials left out. */
  public Map<String, String> visible() {
    var result = new java.util.TreeMap<String, String>();
    for (var level : levels.reversed()) {
      level.values.forEach(
          (k, v) -> {
            if (!k.startsWith("//") && !k.startsWith("_")) {
              result.put(k, v);
            }
          });
    }
    return result;
  }

  public String get(String key, String fallback) {
    String v = get(key);
    return v == null ? fallback : v;
  }

  public boolean flag(String key) {
    String v = get(key);
    return v != null && !v.equals("false") && !v.equals("0") && !v.isEmpty() && !v.equals("null");
  }

  public boolean flag(String key, boolean fallback) {
    return get(key) == null ? fallback : flag(key);
  }

  public int number(String key, int fallback) {
    try {
      return Integer.parseInt(get(key, ""));
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  /** The registry of a package, always with a slash at its end. */
  public URI registryFor(String packageName) {
    String registry = null;
    if (packageName.startsWith("@")) {
      registry = get(packageName.substring(0, Math.max(0, packageName.indexOf('/'))) + ":registry");
    }
    if (registry == null) {
      registry = get("registry");
    }
    if (registry == null) {
      throw new NpmException(
          "ENOREGISTRY",
          "No registry is configured. Set one with a line registry=URL in .npmrc, or npm_config_registry=URL.");
    }
    try {
      var uri =
          registry.startsWith("file:") && !registry.startsWith("file:/")
              ? Path.of(registry.substring(5)).toAbsolutePath().normalize().toUri()
              : URI.create(registry.replaceAll("/+$", "") + "/");
      if ("file".equals(uri.getScheme()) && !uri.getPath().endsWith("/")) {
        uri = URI.create(uri + "/");
      }
      if (uri.getHost() == null && !"file".equals(uri.getScheme())) {
        throw new IllegalArgumentException();
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new NpmException("EINVALIDREGISTRY", "The configured registry is no URL: " + registry);
    }
  }

  /**
   * The Authorization header for an address, from the credentials whose registry is a prefix of it;
   * else null.
   */
  public @Nullable String authorizationFor(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    for (String p = path.substring(0, path.lastIndexOf('/') + 1); ; ) {
      String base = "//" + uri.getRawAuthority() + p;
      for (String key :
          p.length() > 1 ? List.of(base, base.substring(0, base.length() - 1)) : List.of(base)) {
        String token = get(key + ":_authToken");
        if (token != null) {
          return "Bearer " + token;
        }
        String basic = get(key + ":_auth");
        if (basic != null) {
          return "Basic " + basic;
        }
        String user = get(key + ":username");
        String password = get(key + ":_password");
        if (user != null && password != null) {
          byte[] plain = java.util.Base64.getDecoder().decode(password);
          return "Basic "
              + java.util.Base64.getEncoder()
                  .encodeToString(
                      (user + ":" + new String(plain, java.nio.charset.StandardCharsets.UTF_8))
                          .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
      }
      if (p.length() <= 1) {
        return null;
      }
      p = p.substring(0, p.lastIndexOf('/', p.length() - 2) + 1);
    }
  }

  /** Where metadata and packages are kept for all projects. */
  public Path cacheFolder() {
    String own = env.get("NODULE_CACHE");
    if (own != null && !own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = env.get("XDG_CACHE_HOME");
    String home = env.getOrDefault("HOME", System.getProperty("user.home"));
    return (xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(home, ".cache"))
        .resolve("nodule");
  }
}
