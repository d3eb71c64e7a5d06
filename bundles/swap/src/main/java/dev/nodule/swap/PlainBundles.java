package dev.nodule.swap;

import dev.nodule.api.ModuleOperationException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Bundles that provide no core module, but services: {@code require('osgi:...')} finds those. Used
 * by one thread.
 */
public final class PlainBundles {
  private static final String LOCATION = "folder:";

  private final BundleContext context;
  private final SwapPolicy policy;
  private final Map<Path, Bundle> deployed = new HashMap<>();

  public PlainBundles(BundleContext context, SwapPolicy policy) {
    this.context = context;
    this.policy = policy;
  }

  /**
   * Installs and starts the bundle of a file, or puts it in the place of what the file held before.
   * What goes wrong is told on standard error.
   *
   * @return false for the bundle of a core module and for a file that is no bundle
   */
  boolean deploy(Path file) {
    ModuleJar jar;
    try {
      jar = ModuleJar.readBundle(file);
    } catch (ModuleOperationException e) {
      return false;
    }
    if (jar.isModule()) {
      return false;
    }
    if (!policy.accepts(jar)) {
      System.err.println(
          "nodule: bundle "
              + jar.name()
              + " refused: it is not signed by anyone whose signature is demanded");
      return true;
    }
    try {
      Bundle bundle = put(file, new ByteArrayInputStream(jar.bytes()));
      bundle.start(Bundle.START_TRANSIENT);
      System.err.println(
          "nodule: bundle '" + bundle.getSymbolicName() + "' is " + bundle.getVersion() + " now");
    } catch (BundleException | IllegalStateException e) {
      System.err.println("nodule: bundle " + jar.name() + " does not start: " + e.getMessage());
    }
    return true;
  }

  private Bundle put(Path file, InputStream bytes) throws BundleException {
    Bundle known = deployed.get(file);
    if (known != null) {
      known.update(bytes);
      return known;
    }
    Bundle bundle = context.installBundle(LOCATION + file, bytes);
    deployed.put(file, bundle);
    return bundle;
  }

  /** Takes out the bundles whose files have gone. */
  void uninstallGone() {
    for (Iterator<Map.Entry<Path, Bundle>> entries = deployed.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<Path, Bundle> entry = entries.next();
      if (!Files.exists(entry.getKey())) {
        entries.remove();
        try {
          entry.getValue().uninstall();
        } catch (BundleException | IllegalStateException e) {
          System.err.println("nodule: bundle " + entry.getKey() + ": " + e.getMessage());
        }
      }
    }
  }
}
