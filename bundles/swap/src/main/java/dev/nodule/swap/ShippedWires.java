package dev.nodule.swap;

import dev.nodule.api.CoreModule;
import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Wires of module requirements go to what the image came with where it can satisfy them: a revision
 * that was swapped in has no wires to it, and so can be uninstalled without a refresh of others.
 */
final class ShippedWires implements ResolverHookFactory, ResolverHook {
  static void register(BundleContext context) {
    context.registerService(ResolverHookFactory.class, new ShippedWires(), null);
  }

  @Override
  public ResolverHook begin(Collection<BundleRevision> triggers) {
    return this;
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {
    // All may resolve.
  }

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
    // Modules are no singletons.
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    if (requirement.getNamespace().equals(CoreModule.NAME_PROPERTY)
        && candidates.stream().anyMatch(ShippedWires::isShipped)) {
      candidates.removeIf(candidate -> !isShipped(candidate));
    }
  }

  private static boolean isShipped(BundleCapability capability) {
    return !capability.getRevision().getBundle().getLocation().startsWith(BundleInstaller.LOCATION);
  }

  @Override
  public void end() {
    // Nothing is held.
  }
}
