package dev.nodule.npm.command;

/** One command of the command line. */
interface Command {
  /**
   * Runs it and returns the exit code; failures with a message for the user are {@code
   * NpmException}s.
   */
  int run(Invocation call) throws java.io.IOException;

  /** Whether a choice of workspaces means one run in each of them. */
  default boolean runsInEachWorkspace() {
    return false;
  }
}
