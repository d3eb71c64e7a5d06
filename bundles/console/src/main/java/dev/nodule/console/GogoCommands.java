package dev.nodule.console;

import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.SwapOptions;
import dev.nodule.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The operations as commands of a Gogo console (OSGi's, as in Karaf): {@code nodule:modules},
 * {@code nodule:swap FILE ...} and so on. Public methods are the commands.
 */
public final class GogoCommands {
  private final Supplier<ModuleManager> manager;

  public GogoCommands(Supplier<ModuleManager> manager) {
    this.manager = manager;
  }

  public String modules() {
    return text(
        out -> new ModuleTable(out).print(AdminReports.modules(manager.get().modules()), false));
  }

  public String history() {
    return text(
        out ->
            manager.get().history().stream()
                .map(AdminReports::operation)
                .forEach(operation -> new OperationText(out).print(Json.object(operation))));
  }

  /**
   * @throws IOException with the reason of a refusal, as Gogo prints messages of exceptions
   */
  public String swap(String... jars) throws IOException {
    return perform(
        () ->
            AdminReports.operation(
                manager
                    .get()
                    .swap(Arrays.stream(jars).map(Path::of).toList(), SwapOptions.DEFAULT)));
  }

  /**
   * @throws IOException with the reason of a refusal
   */
  public String update(String file) throws IOException {
    return perform(
        () -> AdminReports.operation(manager.get().update(Path.of(file), SwapOptions.DEFAULT)));
  }

  /**
   * @throws IOException with the reason of a refusal
   */
  public String rollback(String module) throws IOException {
    return perform(() -> AdminReports.operation(manager.get().rollback(module, false)));
  }

  /**
   * @throws IOException with the reason of a refusal
   */
  public String stop(String module) throws IOException {
    return perform(() -> AdminReports.operation(manager.get().stop(module)));
  }

  /**
   * @throws IOException with the reason of a refusal
   */
  public String start(String module) throws IOException {
    return perform(() -> AdminReports.operation(manager.get().start(module)));
  }

  private interface Operation {
    Object run() throws ModuleOperationException;
  }

  private static String perform(Operation operation) throws IOException {
    try {
      Object report = operation.run();
      return text(out -> new OperationText(out).print(Json.object(report)));
    } catch (ModuleOperationException e) {
      throw new IOException("refused: " + e.getMessage(), e);
    }
  }

  private static String text(Consumer<PrintStream> print) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    print.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
