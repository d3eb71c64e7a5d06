package dev.nodule.api;

import java.util.List;

/**
 * Runs JavaScript applications inside of this process, each with a realm, an event loop and a
 * thread of its own. An OSGi service of the bundle {@code dev.nodule.container}.
 */
public interface ApplicationRunner {
  /**
   * Starts an application and returns at once.
   *
   * @throws IllegalArgumentException if Node.js would refuse the command line
   * @throws IllegalStateException if the runner is ending
   */
  Application start(ApplicationStart start);

  /** Those that run now, in the order in which they were started. */
  List<Application> applications();
}
