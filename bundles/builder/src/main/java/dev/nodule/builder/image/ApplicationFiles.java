package dev.nodule.builder.image;

import dev.nodule.builder.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of an application's files an image holds.
 *
 * <ul>
 *   <li>Its own: all but version control, build output and other images.
 *   <li>Of node_modules: packages of which something is loaded. Inside these JavaScript that is not
 *       loaded stays out, unless the package requires computed names; data stays, but for what only
 *       people and compilers read.
 * </ul>
 */
public final class ApplicationFiles {
  private static final Pattern SCRIPT = Pattern.compile(".*\\.[cm]?js");
  private static final Pattern FOR_PEOPLE =
      Pattern.compile(
          "(?i).*(\\.(md|markdown|map|ts|mts|cts|tsx|flow|coffee|yml|yaml|tgz)|/(changelog|history|authors|contributors|makefile)[^/]*"
              + "|/\\.(eslint|prettier|editorconfig|npmignore|gitattributes|nycrc|travis|babelrc|jshint)[^/]*)");
  private static final Pattern LICENSE = Pattern.compile("(?i).*/(licen[cs]e|notice|copying)[^/]*");
  private static final Set<String> NOT_SHIPPED =
      Set.of(".git", ".hg", ".svn", ".github", ".idea", ".vscode");

  private final Trace trace;
  private final Set<Path> packages = new HashSet<>();
  private final Set<Path> untraceable = new HashSet<>();

  /** The choice for a traced application. */
  public ApplicationFiles(Trace trace) {
    this.trace = trace;
    for (Path file : trace.files().keySet()) {
      Path folder = packageOf(file);
      if (folder != null) {
        packages.add(folder);
      }
    }
    for (Trace.Note note : trace.notes()) {
      Path folder = packageOf(note.file());
      if (folder != null && note.text().contains("computed")) {
        untraceable.add(folder);
      }
    }
  }

  /** The package folder below the innermost node_modules; null for the application's own files. */
  private static @org.jspecify.annotations.Nullable Path packageOf(Path file) {
    Path found = null;
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Path parent = folder.getParent();
      if (parent != null && parent.endsWith("node_modules")) {
        boolean scope = String.valueOf(folder.getFileName()).startsWith("@");
        found = scope ? found : folder;
        break;
      }
      found = folder;
    }
    return found != null && found.toString().contains("/node_modules/") ? found : null;
  }

  /** The packages of which something is loaded. */
  public Set<Path> packages() {
    return packages;
  }

  /** Files to copy, absolute. */
  public List<Path> list(Path except) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file : FileTree.entries(trace.root())) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || file.startsWith(except)) {
        continue;
      }
      Path relative = trace.root().relativize(file);
      boolean hidden = false;
      for (Path part : relative) {
        hidden |= NOT_SHIPPED.contains(part.toString());
      }
      if (!hidden && isWanted(file, relative)) {
        files.add(file);
      }
    }
    return files;
  }

  private boolean isWanted(Path file, Path relative) {
    if (!("/" + relative).contains("/node_modules/")) {
      return true;
    }
    Path folder = packageOf(file);
    if (folder == null || !packages.contains(folder)) {
      return trace.files().containsKey(file);
    }
    if (trace.files().containsKey(file) || file.endsWith("package.json")) {
      return true;
    }
    String name = "/" + relative;
    if (LICENSE.matcher(name).matches()) {
      return true;
    }
    if (SCRIPT.matcher(name).matches()) {
      return untraceable.contains(folder);
    }
    return !FOR_PEOPLE.matcher(name).matches();
  }
}
