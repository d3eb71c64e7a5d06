package dev.nodule.karaf;

import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Whom a thread acts for: the subject of its own {@code callAs}, or that of the thread which
 * started it, as every thread had it before Java 24. Called by {@code Subject}, so it lies on the
 * boot class path.
 */
public final class InheritedSubject {
  private static final InheritableThreadLocal<@Nullable Subject> STARTER =
      new InheritableThreadLocal<>();

  private InheritedSubject() {}

  /** What {@code Subject.getSubject} answers. */
  public static @Nullable Subject get() {
    Subject own = Subject.current();
    return own != null ? own : STARTER.get();
  }

  /** The action of {@code Subject.callAs}; threads that it starts act for the same subject. */
  public static <T> Callable<T> passedOn(@Nullable Subject subject, Callable<T> action) {
    return () -> {
      Subject before = STARTER.get();
      STARTER.set(subject);
      try {
        return action.call();
      } finally {
        STARTER.set(before);
      }
    };
  }
}
