package dev.nodule.container;

import dev.nodule.api.Application;
import dev.nodule.api.ApplicationRunner;
import dev.nodule.api.ApplicationStart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Applications by commands of a Gogo console (OSGi's, as in Karaf): {@code nodule:run FILE ...} and
 * so on. Public methods are the commands.
 */
public final class ApplicationCommands {
  private static final long END_SECONDS = 5;

  private final ApplicationRunner runner;

  ApplicationCommands(ApplicationRunner runner) {
    this.runner = runner;
  }

  /**
   * Runs an application until it ends; what it writes appears in the shell. Who interrupts the
   * command ends the application.
   *
   * @throws IOException if the exit code is not 0, as Gogo prints messages of exceptions
   */
  public void run(String... words) throws IOException {
    OutputRelay relay = new OutputRelay();
    Application application = start(words, relay.stream(System.out), relay.stream(System.err));
    application.exitCode().whenComplete((code, failure) -> relay.end());
    try {
      relay.copyToTheEnd();
    } catch (InterruptedException e) {
      end(application);
      Thread.currentThread().interrupt();
    }
    int code = application.exitCode().getNow(-1);
    if (code > 0) {
      throw new IOException(application.commandLine() + " ended with exit code " + code);
    }
  }

  /** Starts an application that runs beside the shell and writes to the process's own streams. */
  public String launch(String... words) {
    Application application =
        start(words, new ProcessStream(() -> System.out), new ProcessStream(() -> System.err));
    return "application " + application.id();
  }

  /** Lists what runs. */
  public String applications() {
    return runner.applications().stream()
        .map(application -> application.id() + "  " + application.commandLine())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Ends an application: asked first, then at once.
   *
   * @throws IOException if there is none of this number
   */
  public String end(int id) throws IOException {
    for (Application application : runner.applications()) {
      if (application.id() == id) {
        return "application " + id + " ended with exit code " + end(application);
      }
    }
    throw new IOException("there is no application " + id);
  }

  private Application start(String[] words, OutputStream output, OutputStream error) {
    return runner.start(
        new ApplicationStart(List.of(words), Path.of("").toAbsolutePath(), output, error));
  }

  private static int end(Application application) {
    application.terminate();
    return application
        .exitCode()
        .completeOnTimeout(-1, END_SECONDS, TimeUnit.SECONDS)
        .thenCompose(
            code -> {
              if (code >= 0) {
                return application.exitCode();
              }
              application.kill();
              return application.exitCode();
            })
        .join();
  }
}
