package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/**
 * A failed system call, with the {@code errno}, {@code code}, {@code syscall}, {@code path} and
 * {@code dest} of Node's.
 */
public final class SystemException extends NodeException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  public SystemException(Errno errno, String syscall) {
    this(errno, syscall, null, null);
  }

  public SystemException(Errno errno, String syscall, @Nullable String path) {
    this(errno, syscall, path, null);
  }

  public SystemException(
      Errno errno, String syscall, @Nullable String path, @Nullable String dest) {
    super(Kind.ERROR, null, message(errno, syscall, path, dest));
    this.errno = errno;
    with("errno", -errno.number());
    with("code", errno.name());
    with("syscall", syscall);
    if (path != null) {
      with("path", path);
    }
    if (dest != null) {
      with("dest", dest);
    }
  }

  public Errno errno() {
    return errno;
  }

  private static String message(
      Errno errno, String syscall, @Nullable String path, @Nullable String dest) {
    StringBuilder text =
        new StringBuilder(errno.name())
            .append(": ")
            .append(errno.text())
            .append(", ")
            .append(syscall);
    if (path != null) {
      text.append(" '").append(path).append('\'');
    }
    if (dest != null) {
      text.append(" -> '").append(dest).append('\'');
    }
    return text.toString();
  }
}
