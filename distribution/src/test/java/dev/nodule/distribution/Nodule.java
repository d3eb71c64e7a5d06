package dev.nodule.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the built launcher. */
final class Nodule {
  static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  static final Path LAUNCHER = Path.of("target/nodule/bin/nodule").toAbsolutePath();
  private static final long TIMEOUT_SECONDS = 120;

  record Result(int exitCode, String out, String err) {}

  private Nodule() {}

  static Result run(String... arguments) {
    return run(CHECKOUT, Map.of(), null, arguments);
  }

  static Result run(
      Path folder, Map<String, String> environment, @Nullable String input, String... arguments) {
    return run(TIMEOUT_SECONDS, folder, environment, input, arguments);
  }

  static Result run(
      long timeoutSeconds,
      Path folder,
      Map<String, String> environment,
      @Nullable String input,
      String... arguments) {
    try {
      Process process = builder(folder, environment, arguments).start();
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        if (input != null) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // It ended without reading.
      }
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, out.join(), err.join() + "\n(killed after " + timeoutSeconds + " s)");
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static ProcessBuilder builder(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("NODE_OPTIONS");
    builder.environment().putAll(environment);
    return builder;
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "";
          }
        },
        Thread::startVirtualThread);
  }
}
