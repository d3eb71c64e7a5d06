package dev.nodule.builder.closure;

import dev.nodule.builder.DistException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.apache.felix.utils.resource.RequirementImpl;
import org.apache.felix.utils.resource.ResourceImpl;
import org.jspecify.annotations.Nullable;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.ResolveContext;

/**
 * The core modules that an application needs, wired by an OSGi resolver over the bundles' headers.
 *
 * <p>Three kinds of {@code Require-Capability: nodule.module}: plain ones hold when a module is
 * loaded; {@code effective:=image} ones are loaded at first use and belong into an image all the
 * same; {@code resolution:=optional} ones are features, which an image has if somebody asks for
 * them.
 */
public final class CoreClosure {
  private static final String IMAGE = "image";
  private static final String CORE = "dev.nodule.core.";
  private static final Pattern MISSING =
      Pattern.compile(
          "missing requirement \\[([^/\\]]+)[^\\]]*\\] nodule\\.module;.*?nodule\\.module=([^)]*)\\)");

  /** Why a module is there: {@code by} is another module, or null for the application. */
  public record Reason(@Nullable String by, boolean lazy) {}

  private final SortedMap<String, Reason> reasons;
  private final SortedMap<String, SortedSet<String>> features;

  private CoreClosure(
      SortedMap<String, Reason> reasons, SortedMap<String, SortedSet<String>> features) {
    this.reasons = reasons;
    this.features = features;
  }

  /**
   * Resolves.
   *
   * @param runtime the bundle whose JavaScript starts programs: its requirements are everybody's
   * @param wanted names of modules
   * @param excluded names of modules that must not be in the image
   */
  public static CoreClosure of(
      CoreCatalog catalog,
      Path runtime,
      Map<String, String> runtimeHeaders,
      Collection<String> wanted,
      Set<String> excluded)
      throws DistException {
    Repository repository = new Repository(catalog, excluded);
    ResourceImpl base = CoreCatalog.resource(runtime, runtimeHeaders);
    ResourceImpl application =
        CoreCatalog.resource(
            Path.of("application"),
            Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "application"));
    for (String module : wanted) {
      application.addRequirement(
          new RequirementImpl(
              application,
              CoreCatalog.NAMESPACE,
              Map.of("filter", "(nodule.module=" + module + ")"),
              Map.of()));
    }
    Map<Resource, List<Wire>> wires;
    try {
      wires =
          new ResolverImpl(new Logger(Logger.LOG_ERROR))
              .resolve(new ImageContext(repository, List.of(application, base)));
    } catch (ResolutionException e) {
      throw new DistException(explain(e, excluded));
    }
    return new Collector(repository, wires).collect(application, base);
  }

  /** The resolver tells the whole way down; what is missing stands at its end. */
  private static String explain(ResolutionException failure, Set<String> excluded) {
    Matcher matcher = MISSING.matcher(String.valueOf(failure.getMessage()));
    String by = null;
    String module = null;
    while (matcher.find()) {
      by = matcher.group(1);
      module = matcher.group(2);
    }
    if (by == null || module == null) {
      return "the core modules cannot be resolved: " + failure.getMessage();
    }
    return (by.startsWith(CORE) ? "core module '" + by.substring(CORE.length()) + "'" : "the " + by)
        + " requires core module '"
        + module
        + "', which "
        + (excluded.contains(module)
            ? "--exclude keeps out of the image"
            : "this distribution does not have");
  }

  /** The name in a requirement's filter. */
  private static @Nullable String moduleOf(Requirement requirement) {
    String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    if (filter == null || !requirement.getNamespace().equals(CoreCatalog.NAMESPACE)) {
      return null;
    }
    return filter.replaceAll(".*\\(nodule\\.module=([^)]*)\\).*", "$1");
  }

  private static boolean isLazy(Requirement requirement) {
    return IMAGE.equals(requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE));
  }

  private static boolean isOptional(Requirement requirement) {
    return Namespace.RESOLUTION_OPTIONAL.equals(
        requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
  }

  /** The modules of the image, each with the nearest reason. */
  public SortedMap<String, Reason> reasons() {
    return reasons;
  }

  public Set<String> modules() {
    return reasons.keySet();
  }

  /** Modules that are not in the image, with those in it that would use them for a feature. */
  public SortedMap<String, SortedSet<String>> missingFeatures() {
    return features;
  }

  /** The modules from the application's to this one. */
  public List<String> chain(String module) {
    List<String> chain = new ArrayList<>();
    for (String at = module; at != null; at = Objects.requireNonNull(reasons.get(at)).by()) {
      chain.addFirst(at);
    }
    return chain;
  }

  /** The bundles that may be chosen. */
  private static final class Repository {
    final Map<Resource, String> modules = new HashMap<>();
    final SortedMap<String, Capability> capabilities = new TreeMap<>();
    final Set<String> excluded;

    Repository(CoreCatalog catalog, Set<String> excluded) throws DistException {
      this.excluded = excluded;
      for (CoreBundle bundle : catalog.bundles().values()) {
        ResourceImpl resource = CoreCatalog.resource(bundle.jar(), bundle.headers());
        modules.put(resource, bundle.module());
        if (!excluded.contains(bundle.module())) {
          resource
              .getCapabilities(CoreCatalog.NAMESPACE)
              .forEach(capability -> capabilities.put(bundle.module(), capability));
        }
      }
    }

    @Nullable String moduleOf(Resource resource) {
      return modules.get(resource);
    }
  }

  private static final class ImageContext extends ResolveContext {
    private final Repository repository;
    private final List<Resource> mandatory;

    ImageContext(Repository repository, List<Resource> mandatory) {
      this.repository = repository;
      this.mandatory = mandatory;
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
      return mandatory;
    }

    @Override
    public List<Capability> findProviders(Requirement requirement) {
      String module = moduleOf(requirement);
      Capability found = module == null ? null : repository.capabilities.get(module);
      // The list is the resolver's: it inserts into it.
      List<Capability> providers = new ArrayList<>();
      if (found != null) {
        providers.add(found);
      }
      return providers;
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
      capabilities.add(hosted);
      return capabilities.size() - 1;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
      String module = moduleOf(requirement);
      if (module == null || isOptional(requirement)) {
        return false;
      }
      return !isLazy(requirement) || !repository.excluded.contains(module);
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
      return Map.of();
    }
  }

  /** Walks the wires from the application, nearest first. */
  private static final class Collector {
    private final Repository repository;
    private final Map<Resource, List<Wire>> wires;
    private final SortedMap<String, Reason> reasons = new TreeMap<>();
    private final ArrayDeque<Resource> waiting = new ArrayDeque<>();

    Collector(Repository repository, Map<Resource, List<Wire>> wires) {
      this.repository = repository;
      this.wires = wires;
    }

    CoreClosure collect(Resource application, Resource base) {
      Map<String, Resource> resources = new LinkedHashMap<>();
      follow(application);
      follow(base);
      while (!waiting.isEmpty()) {
        Resource next = waiting.poll();
        resources.put(Objects.requireNonNull(repository.moduleOf(next)), next);
        follow(next);
      }
      SortedMap<String, SortedSet<String>> features = new TreeMap<>();
      resources.forEach(
          (module, resource) -> {
            for (Requirement requirement : resource.getRequirements(CoreCatalog.NAMESPACE)) {
              String feature = moduleOf(requirement);
              if (feature != null && !reasons.containsKey(feature)) {
                features.computeIfAbsent(feature, key -> new TreeSet<>()).add(module);
              }
            }
          });
      return new CoreClosure(reasons, features);
    }

    private void follow(Resource from) {
      for (Wire wire : wires.getOrDefault(from, List.of())) {
        String module = repository.moduleOf(wire.getProvider());
        if (module != null && !reasons.containsKey(module)) {
          reasons.put(module, new Reason(repository.moduleOf(from), isLazy(wire.getRequirement())));
          waiting.add(wire.getProvider());
        }
      }
    }
  }
}
