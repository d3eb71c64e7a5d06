package dev.nodule.npm.tree;

/** Git specifiers: which repository and commit they mean. */
final class GitSource {
  private GitSource() {}

  static boolean sameRepository(String resolved, PackageSpec wanted) {
    String committish = committish(wanted.fetch());
    return repository(resolved).equals(repository(wanted.fetch()))
        && (!committish.matches("[0-9a-f]{40,64}") || committish.equals(committish(resolved)));
  }

  private static String committish(String spec) {
    int hash = spec.indexOf('#');
    return hash < 0 ? "" : spec.substring(hash + 1);
  }

  /** Host and path, however the address is written. */
  private static String repository(String spec) {
    String s =
        spec.replaceFirst("#.*", "")
            .replaceFirst("\\.git$", "")
            .replaceFirst("^git\\+", "")
            .replaceFirst("^[a-z]+://([^@/]+@)?", "");
    s =
        s.replaceFirst("^github:", "github.com/")
            .replaceFirst("^gitlab:", "gitlab.com/")
            .replaceFirst("^bitbucket:", "bitbucket.org/");
    return s.matches("[^/.]+/[^/]+") ? "github.com/" + s : s.replaceFirst("^([^/:]+):", "$1/");
  }
}
