package dev.nodule.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The activator of a core module bundle: registers itself as its {@link CoreModule}. Name, version
 * and ids come from the bundle's {@code nodule.module} capability, sources from {@link #path} in
 * the bundle. A module that is JavaScript alone uses this class as it is; one with Java of its own
 * extends it and overrides {@link #bind}.
 */
public class ScriptModule implements CoreModule, BundleActivator {
  private @Nullable Bundle bundle;
  private String name = "";
  private String version = "";
  private List<String> ids = List.of();

  /**
   * Where a bundle holds the JavaScript of an id: {@code nodule/<module>/<id>.js}, with a slash for
   * each colon ({@code acme:gpio}), as not every file system takes one.
   */
  public static String path(String module, String id) {
    return "nodule/" + module.replace(':', '/') + "/" + id.replace(':', '/') + ".js";
  }

  @Override
  public void start(BundleContext context) {
    Bundle own = context.getBundle();
    BundleCapability capability =
        own.adapt(BundleRevision.class).getDeclaredCapabilities(NAME_PROPERTY).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        own + " provides no " + NAME_PROPERTY + " capability"));
    bundle = own;
    String declaredName = (String) capability.getAttributes().get(NAME_PROPERTY);
    if (declaredName == null) {
      throw new IllegalStateException(own + "'s " + NAME_PROPERTY + " capability has no name");
    }
    name = declaredName;
    version = own.getVersion().toString();
    Object declared = capability.getAttributes().get("nodule.ids");
    ids =
        declared instanceof List<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of(name);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(NAME_PROPERTY, name);
    properties.put("version", version);
    context.registerService(CoreModule.class, this, properties);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework withdraws the service.
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public @Nullable String source(String id) {
    Bundle own = bundle;
    URL entry = own == null ? null : own.getEntry(path(name, id));
    if (entry == null) {
      return null;
    }
    try (InputStream in = entry.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void bind(ModuleContext context, Binding binding) {
    // JavaScript alone.
  }
}
