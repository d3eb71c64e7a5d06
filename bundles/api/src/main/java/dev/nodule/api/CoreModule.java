package dev.nodule.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One core module ({@code fs}, {@code net}, ...): the service that its bundle registers, with the
 * property {@value #NAME_PROPERTY}. An instance belongs to one revision of the bundle.
 */
public interface CoreModule {
  /**
   * The service property, and the capability name space and attribute, that hold {@link #name()}.
   */
  String NAME_PROPERTY = "nodule.module";

  /** The bundle's module, e.g. {@code fs}. */
  String name();

  /** The revision's version, as OSGi writes it. */
  String version();

  /** Every id that {@code require} finds here, e.g. {@code fs} and {@code fs/promises}. */
  List<String> ids();

  /**
   * The JavaScript of {@code id}, a public id of this module or one of its own {@code internal/...}
   * ids; null if this module has no such file.
   */
  @Nullable String source(String id);

  /**
   * Fills in what this revision's JavaScript sees as {@code binding}. Called once for each realm,
   * on its JavaScript thread, before any JavaScript of the revision runs.
   */
  void bind(ModuleContext context, Binding binding);
}
