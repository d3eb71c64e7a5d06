package dev.nodule.core.osgi;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NodeException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** The services that one realm has asked for, each followed as it comes and goes. */
final class ServiceBinding {
  private final ModuleContext context;
  private final BundleContext bundles;
  private final ResultConverter results;
  private final Map<String, ServiceTracker<Object, Object>> trackers = new HashMap<>();

  ServiceBinding(ModuleContext context, BundleContext bundles) {
    this.context = context;
    this.bundles = bundles;
    results = new ResultConverter(context.javaScript());
  }

  void bind(Binding binding) {
    binding
        .function("has", 1, arguments -> tracker(arguments.string(0)).getService() != null)
        .function("methods", 1, arguments -> ServiceMethods.names(type(arguments.string(0))))
        .function("invoke", 3, this::invoke);
  }

  private ServiceTracker<Object, Object> tracker(String name) {
    return trackers.computeIfAbsent(
        name,
        key -> {
          try {
            ServiceTracker<Object, Object> tracker =
                new ServiceTracker<>(
                    bundles, bundles.createFilter("(objectClass=" + key + ")"), null);
            // This bundle has no wire to the interface's package, and needs none.
            tracker.open(true);
            return tracker;
          } catch (InvalidSyntaxException e) {
            throw gone(key);
          }
        });
  }

  private Object service(String name) {
    Object service = tracker(name).getService();
    if (service == null) {
      throw gone(name);
    }
    return service;
  }

  private static NodeException gone(String name) {
    return new NodeException(
            "ERR_OSGI_SERVICE_GONE", "There is no OSGi service '" + name + "' at the moment")
        .with("service", name);
  }

  private Class<?> type(String name) {
    return ServiceMethods.type(service(name).getClass(), name);
  }

  /** (service, method, settle, tokens of the arguments...): [whether it is a promise, result]. */
  private Object[] invoke(Arguments arguments) {
    String name = arguments.string(0);
    Object service = service(name);
    List<@Nullable Object> values = new TokenReader(arguments, 3).values();
    ServiceMethods.Call call =
        ServiceMethods.choose(
            ServiceMethods.type(service.getClass(), name), arguments.string(1), values);
    Method method = call.method();
    Object result;
    try {
      result = method.invoke(service, call.arguments());
    } catch (InvocationTargetException e) {
      throw failed(Objects.requireNonNullElse(e.getCause(), e));
    } catch (IllegalAccessException e) {
      throw failed(e);
    }
    if (result instanceof CompletionStage<?> stage) {
      settleLater(stage, arguments.callback(2));
      return new Object[] {true};
    }
    if (method.getReturnType() == void.class) {
      return new Object[] {false};
    }
    return new Object[] {false, results.of(result)};
  }

  private void settleLater(CompletionStage<?> stage, Callback settle) {
    Handle handle = context.loop().open("OsgiServiceCall");
    stage.whenComplete(
        (value, exception) ->
            context
                .loop()
                .execute(
                    () -> {
                      handle.close(() -> {});
                      if (exception == null) {
                        settle.invoke(context.javaScript().nullValue(), results.of(value));
                      } else {
                        Throwable cause =
                            exception instanceof CompletionException && exception.getCause() != null
                                ? exception.getCause()
                                : exception;
                        settle.invoke(context.javaScript().toError(failed(cause)));
                      }
                    }));
  }

  private static NodeException failed(Throwable exception) {
    String message = exception.getMessage();
    return new NodeException(
            "ERR_OSGI_SERVICE_FAILED", message == null ? exception.toString() : message)
        .with("javaClass", exception.getClass().getName());
  }
}
