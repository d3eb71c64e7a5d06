package dev.nodule.runtime;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ModuleManager;
import dev.nodule.api.ModuleOperation;
import dev.nodule.api.ModuleOperationException;
import dev.nodule.api.ModuleStatus;
import dev.nodule.api.NodeException;
import dev.nodule.api.SwapOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The native half of {@code nodule:modules}: each operation on a worker, as it waits for safe
 * points.
 */
final class ModuleControl {
  private final ModuleContext context;
  private final ModuleRegistry registry;
  private final JavaScript javaScript;

  ModuleControl(ModuleContext context, ModuleRegistry registry) {
    this.context = context;
    this.registry = registry;
    javaScript = context.javaScript();
  }

  /** Every function ends with a callback(error, report). */
  void fill(Binding binding) {
    binding
        .function(
            "list", 1, arguments -> async(arguments, 0, () -> manager().modules(), this::modules))
        .function(
            "history",
            1,
            arguments -> async(arguments, 0, () -> manager().history(), this::operations))
        .function("swap", 4, this::swap)
        .function("update", 4, this::update)
        .function(
            "rollback",
            3,
            arguments -> {
              String module = arguments.string(0);
              boolean shipped = arguments.bool(1);
              return async(
                  arguments, 2, () -> manager().rollback(module, shipped), this::operation);
            })
        .function(
            "stop",
            2,
            arguments -> {
              String module = arguments.string(0);
              return async(arguments, 1, () -> manager().stop(module), this::operation);
            })
        .function(
            "start",
            2,
            arguments -> {
              String module = arguments.string(0);
              return async(arguments, 1, () -> manager().start(module), this::operation);
            });
  }

  private ModuleManager manager() {
    return registry.manager().get();
  }

  /** (paths joined by NUL, allowOlder, persist, callback) */
  private @Nullable Object swap(Arguments arguments) {
    List<Path> jars = new ArrayList<>();
    Path folder = context.process().currentDirectory();
    for (String path : arguments.string(0).split("\0")) {
      jars.add(folder.resolve(path));
    }
    SwapOptions options = SwapOptions.DEFAULT.with(arguments.bool(1), arguments.bool(2));
    return async(arguments, 3, () -> manager().swap(jars, options), this::operation);
  }

  /** (path, allowOlder, persist, callback) */
  private @Nullable Object update(Arguments arguments) {
    Path file = context.process().currentDirectory().resolve(arguments.string(0));
    SwapOptions options = SwapOptions.DEFAULT.with(arguments.bool(1), arguments.bool(2));
    return async(arguments, 3, () -> manager().update(file, options), this::operation);
  }

  private interface Report<T> {
    Object of(T result);
  }

  private <T> @Nullable Object async(
      Arguments arguments, int callback, Callable<T> work, Report<T> report) {
    return context.blocking(
        arguments.callback(callback),
        () -> {
          T result;
          try {
            result = work.call();
          } catch (ModuleOperationException e) {
            throw new NodeException("ERR_MODULE_OPERATION", String.valueOf(e.getMessage()))
                .with("reason", e.reason().name());
          }
          // Objects of JavaScript are made on its thread.
          return (Later) () -> report.of(result);
        });
  }

  /** A result that is made on the JavaScript thread. */
  interface Later {
    Object get();
  }

  private Object modules(List<ModuleStatus> modules) {
    return javaScript.newArray(modules.stream().map(this::module).toArray());
  }

  private Object module(ModuleStatus status) {
    Object report = javaScript.newObject();
    set(report, "module", status.name());
    set(report, "version", status.version());
    set(report, "shipped", status.shipped());
    set(report, "previous", status.previous());
    javaScript.set(report, "loaded", status.loaded());
    javaScript.set(report, "calls", (double) status.calls());
    javaScript.set(report, "errors", (double) status.errors());
    javaScript.set(report, "handles", status.handles());
    javaScript.set(report, "draining", status.draining());
    javaScript.set(report, "ids", javaScript.newArray(status.ids().toArray()));
    return report;
  }

  private Object operations(List<ModuleOperation> operations) {
    return javaScript.newArray(operations.stream().map(this::operation).toArray());
  }

  private Object operation(ModuleOperation operation) {
    Object report = javaScript.newObject();
    set(report, "operation", operation.kind());
    set(report, "at", operation.at().toString());
    javaScript.set(
        report,
        "changes",
        javaScript.newArray(operation.changes().stream().map(this::change).toArray()));
    javaScript.set(report, "prepareMs", operation.prepareMillis());
    javaScript.set(report, "switchMs", operation.switchMillis());
    ModuleOperationException refusal = operation.refusal();
    if (refusal != null) {
      set(report, "refused", refusal.reason().name());
      set(report, "message", refusal.getMessage());
    }
    return report;
  }

  private Object change(ModuleOperation.Change change) {
    Object report = javaScript.newObject();
    set(report, "module", change.module());
    set(report, "from", change.from());
    set(report, "to", change.to());
    javaScript.set(report, "draining", change.draining());
    return report;
  }

  private void set(Object report, String key, @Nullable String value) {
    javaScript.set(report, key, value == null ? javaScript.undefined() : value);
  }
}
