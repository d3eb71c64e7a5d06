package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.pack.PackArchive;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.semver.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A git specifier: which commit it means, and the package in that commit, by the installed git.
 *
 * @param address what git is given
 * @param recorded the address as lock files write it
 * @param committish branch, tag, commit or {@code semver:range}; empty for the default branch
 */
record GitRepository(String address, String recorded, String committish) {
  private static final Pattern HOSTED =
      Pattern.compile(
          "(?:(github|gitlab|bitbucket):)?([^:@%/\\s.-][^:@%/\\s]*)/([^:@\\s/%]+?)(?:\\.git)?");
  private static final Pattern HOST_URL =
      Pattern.compile(
          "(?:git\\+)?(?:https|ssh|git)://(?:[^@/]+@)?(?:www\\.)?(github\\.com|gitlab\\.com|bitbucket\\.org)[/:]([^/]+)/([^/]+?)(?:\\.git)?/?");
  private static final Map<String, String> HOSTS =
      Map.of("github", "github.com", "gitlab", "gitlab.com", "bitbucket", "bitbucket.org");

  static GitRepository parse(String specifier) {
    int hash = specifier.indexOf('#');
    String place = hash < 0 ? specifier : specifier.substring(0, hash);
    String committish = hash < 0 ? "" : specifier.substring(hash + 1);
    var hosted = HOSTED.matcher(place);
    var url = HOST_URL.matcher(place);
    if (hosted.matches()) {
      return hosted(
          HOSTS.getOrDefault(hosted.group(1), "github.com"),
          hosted.group(2),
          hosted.group(3),
          committish,
          false);
    }
    if (url.matches()) {
      return hosted(url.group(1), url.group(2), url.group(3), committish, place.contains("ssh://"));
    }
    String address = place.replaceFirst("^git\\+(?!ssh:)", "").replaceFirst("^git\\+ssh:", "ssh:");
    if (address.startsWith("-") || address.contains("::")) {
      throw new NpmException("EINVALIDGIT", "Not a git repository: " + specifier);
    }
    return new GitRepository(address, place, committish);
  }

  private static GitRepository hosted(
      String host, String owner, String name, String committish, boolean ssh) {
    return new GitRepository(
        (ssh ? "ssh://git@" : "https://") + host + "/" + owner + "/" + name + ".git",
        "git+ssh://git@" + host + "/" + owner + "/" + name + ".git",
        committish);
  }

  /** The commit, as its full hash. */
  String commit(Map<String, String> env) {
    if (committish.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return committish;
    }
    var references = new LinkedHashMap<String, String>();
    for (String line : git(env, null, "ls-remote", "--", address).lines().toList()) {
      String[] parts = line.split("\\s+", 2);
      if (parts.length == 2) {
        references.put(parts[1], parts[0]);
      }
    }
    String found =
        committish.startsWith("semver:")
            ? byRange(references, committish.substring(7))
            : byName(references);
    if (found == null) {
      throw new NpmException(
          "EGITREF",
          "no commit of " + address + " fits #" + (committish.isEmpty() ? "HEAD" : committish));
    }
    return found;
  }

  private @Nullable String byName(Map<String, String> references) {
    if (committish.isEmpty()) {
      return references.get("HEAD");
    }
    for (String name :
        List.of(
            "refs/tags/" + committish + "^{}",
            "refs/tags/" + committish,
            "refs/heads/" + committish,
            committish)) {
      if (references.containsKey(name)) {
        return references.get(name);
      }
    }
    return committish.matches("[0-9a-f]{7,64}")
        ? references.values().stream()
            .filter(c -> c.startsWith(committish))
            .findFirst()
            .orElse(null)
        : null;
  }

  private static @Nullable String byRange(Map<String, String> references, String text) {
    var range = Range.loose(java.net.URLDecoder.decode(text, StandardCharsets.UTF_8));
    Version best = null;
    String result = null;
    for (var e : references.entrySet()) {
      var m =
          Pattern.compile("refs/tags/(?:.*[^\\d.])?v?(\\d+\\.\\d+\\.\\d+[^/^]*)(?:\\^\\{\\})?")
              .matcher(e.getKey());
      var version = m.matches() ? Version.parse(m.group(1), true) : null;
      if (version != null
          && range != null
          && range.test(version)
          && (best == null || version.compareTo(best) >= 0)) {
        best = version;
        result = e.getValue();
      }
    }
    return result;
  }

  /** The commit's files, packed as npm packs a folder. */
  byte[] archive(Map<String, String> env, String commit, Path scratch) {
    Path folder = null;
    try {
      Files.createDirectories(scratch);
      folder = Files.createTempDirectory(scratch, "git");
      git(env, folder, "init", "-q");
      try {
        git(env, folder, "fetch", "-q", "--depth=1", "--", address, commit);
      } catch (NpmException e) {
        git(
            env,
            folder,
            "fetch",
            "-q",
            "--tags",
            "--",
            address,
            "+refs/heads/*:refs/remotes/origin/*"); // servers that hide commits
      }
      git(env, folder, "checkout", "-q", "--detach", commit);
      if (Files.exists(folder.resolve(".gitmodules"))) {
        git(env, folder, "submodule", "update", "-q", "--init", "--recursive");
      }
      return PackArchive.of(folder).bytes();
    } catch (IOException e) {
      throw new NpmException("EIO", "could not pack " + address + ": " + e.getMessage(), e);
    } finally {
      if (folder != null) {
        try {
          PackageStore.delete(folder);
        } catch (IOException e) {
          // litter in the cache only
        }
      }
    }
  }

  private static String git(Map<String, String> env, @Nullable Path folder, String... arguments) {
    var command =
        new ArrayList<>(
            List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectInput(new java.io.File("/dev/null"));
    builder.environment().putAll(env);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    builder.environment().putIfAbsent("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    try {
      Path errors = Files.createTempFile("nodule-git", ".err");
      try {
        var process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
          throw new NpmException(
              "EGIT",
              "git "
                  + String.join(" ", arguments)
                  + " failed ("
                  + code
                  + ")\n"
                  + Files.readString(errors).strip());
        }
        return output;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new NpmException(
          "ENOGIT",
          "git could not be started; it is needed for git dependencies: " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NpmException("EINTR", "interrupted", e);
    }
  }
}
