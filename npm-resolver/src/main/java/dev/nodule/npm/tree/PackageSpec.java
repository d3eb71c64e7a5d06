package dev.nodule.npm.tree;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.semver.Version;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dependency asks for.
 *
 * @param name the folder name, null for a specifier on the command line that names none
 * @param raw the text after {@code name@}
 * @param fetch version, range, tag, absolute path, URL, or the repository of a git specifier
 * @param save how a file or folder is written to package.json
 * @param target the package behind an alias
 */
public record PackageSpec(
    @Nullable String name,
    String raw,
    Type type,
    String fetch,
    @Nullable String save,
    @Nullable PackageSpec target) {

  /** The kinds of npm specifiers. */
  public enum Type {
    VERSION,
    RANGE,
    TAG,
    ALIAS,
    DIRECTORY,
    FILE,
    REMOTE,
    GIT
  }

  private static final Pattern URL =
      Pattern.compile("^(?:git[+])?[a-z]+:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SCP = Pattern.compile("^[^@]+@[^:.]+\\.[^:]+:.+$");
  private static final Pattern ARCHIVE =
      Pattern.compile(".*[.](?:tgz|tar\\.gz|tar)$", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_START = Pattern.compile("^(?:[.]|~/|/|[a-zA-Z]:).*");
  private static final Pattern SHORTCUT =
      Pattern.compile(
          "^(?:github:|gitlab:|bitbucket:|gist:)?[^:@%/\\s.-][^:@%/\\s]*/[^:@\\s/%]+(?:#.*)?$");
  private static final Pattern TAG_CHARS = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]*");

  /** A specifier of the command line: {@code name}, {@code name@range}, a path, a URL. */
  public static PackageSpec parse(String argument, Path where) {
    int at = argument.indexOf('@', 1);
    String namePart = at > 0 ? argument.substring(0, at) : argument;
    if (URL.matcher(argument).matches()) {
      return resolve(null, argument, where);
    }
    if (SCP.matcher(argument).matches()) {
      return resolve(null, "git+ssh://" + argument, where);
    }
    if (!namePart.startsWith("@")
        && (namePart.contains("/") || ARCHIVE.matcher(namePart).matches())) {
      return resolve(null, argument, where);
    }
    if (at > 0) {
      String spec = argument.substring(at + 1);
      return resolve(namePart, spec.isEmpty() ? "*" : spec, where);
    }
    return isValidName(argument) ? resolve(argument, "*", where) : resolve(null, argument, where);
  }

  public static boolean isValidName(String name) {
    return name.length() <= 214 + 200
        && isPlainName(name)
        && !name.equalsIgnoreCase("node_modules")
        && !name.equalsIgnoreCase("favicon.ico")
        && !name.contains("/..")
        && !name.endsWith("/.");
  }

  /** A name, or a scope and a name, of characters that need no escape in a URL. */
  private static boolean isPlainName(String name) {
    int start = 0;
    if (name.startsWith("@")) {
      int slash = name.indexOf('/');
      if (slash < 2 || !isPlain(name, 1, slash)) {
        return false;
      }
      start = slash + 1;
    }
    return start < name.length()
        && name.charAt(start) != '.'
        && isPlain(name, start, name.length());
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')
          && "-_.!~*'()".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a specifier can only be a version, a range or a tag: nearly all are. */
  private static boolean isOfRegistry(String raw) {
    return raw.indexOf(':') < 0
        && raw.indexOf('/') < 0
        && !raw.startsWith(".")
        && !(!raw.isEmpty()
            && "zZrR".indexOf(raw.charAt(raw.length() - 1)) >= 0
            && ARCHIVE.matcher(raw).matches());
  }

  public static PackageSpec resolve(@Nullable String name, String raw, Path where) {
    if (name != null && !isValidName(name)) {
      throw new NpmException("EINVALIDPACKAGENAME", "Invalid package name \"" + name + "\".");
    }
    if (isOfRegistry(raw)) {
      return ofRegistry(name, raw);
    }
    String lower = raw.toLowerCase(java.util.Locale.ROOT);
    if (lower.startsWith("file:") || FILE_START.matcher(raw).matches()) {
      return file(name, raw, where);
    }
    if (lower.startsWith("npm:")) {
      var target = parse(raw.substring(4), where);
      if (target.name == null || !target.isRegistry() || target.type == Type.ALIAS) {
        throw new NpmException("EINVALIDALIAS", "aliases only work for registry deps: " + raw);
      }
      return new PackageSpec(name, raw, Type.ALIAS, "", null, target);
    }
    if (lower.startsWith("git") && lower.contains(":") && !lower.startsWith("github.com")
        || SHORTCUT.matcher(raw).matches()) {
      return new PackageSpec(name, raw, Type.GIT, raw, raw, null);
    }
    if (URL.matcher(raw).matches()) {
      if (!lower.startsWith("http:") && !lower.startsWith("https:")) {
        throw new NpmException(
            "EUNSUPPORTEDPROTOCOL",
            "Unsupported URL Type \"" + raw.substring(0, raw.indexOf(':') + 1) + "\": " + raw);
      }
      boolean git =
          lower.matches(
              "https?://(www\\.)?(github|gitlab|bitbucket)\\.(com|org)/[^/]+/[^/]+?(\\.git)?(#.*)?");
      return new PackageSpec(name, raw, git ? Type.GIT : Type.REMOTE, raw, raw, null);
    }
    if (raw.contains("/") || ARCHIVE.matcher(raw).matches()) {
      return file(name, raw, where);
    }
    return ofRegistry(name, raw);
  }

  private static PackageSpec ofRegistry(@Nullable String name, String raw) {
    String spec = raw.strip();
    if (Version.parse(spec, true) != null) {
      return new PackageSpec(name, raw, Type.VERSION, spec, null, null);
    }
    if (Range.loose(spec) != null) {
      return new PackageSpec(name, raw, Type.RANGE, spec, null, null);
    }
    if (!TAG_CHARS.matcher(spec).matches()) {
      throw new NpmException(
          "EINVALIDTAGNAME",
          "Invalid tag name \""
              + spec
              + "\" of package \""
              + (name == null ? raw : name + "@" + raw)
              + "\": Tags may not have any characters that encodeURIComponent encodes.");
    }
    return new PackageSpec(name, raw, Type.TAG, spec, null, null);
  }

  private static PackageSpec file(@Nullable String name, String raw, Path where) {
    String path = raw.regionMatches(true, 0, "file:", 0, 5) ? raw.substring(5) : raw;
    if (path.startsWith("//")) {
      path = path.replaceFirst("^/{2,3}(?=\\.\\.?(/|$))", "").replaceFirst("^/{2,}", "/");
    }
    boolean absolute = path.startsWith("/") || path.startsWith("~/");
    Path target =
        path.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), path.substring(2))
            : where.resolve(path).normalize();
    String save =
        "file:"
            + (absolute
                ? (path.startsWith("~/") ? path : target.toString())
                : where
                    .toAbsolutePath()
                    .normalize()
                    .relativize(target.toAbsolutePath())
                    .toString());
    Type type = ARCHIVE.matcher(path).matches() ? Type.FILE : Type.DIRECTORY;
    return new PackageSpec(name, raw, type, target.toAbsolutePath().toString(), save, null);
  }

  public boolean isRegistry() {
    return type == Type.VERSION || type == Type.RANGE || type == Type.TAG || type == Type.ALIAS;
  }

  /** The specifier that a registry answers: behind an alias the package it stands for. */
  public PackageSpec registrySpec() {
    return target != null ? target : this;
  }

  @Override
  public String toString() {
    return name == null ? raw : name + "@" + raw;
  }
}
