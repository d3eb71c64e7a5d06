package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** The jars of the distribution are bundles that another framework takes too. */
class EquinoxTest {
  private static final Path HOME = Nodule.LAUNCHER.getParent().getParent();

  /** A framework, its API, and what starts that framework: Equinox is in their place. */
  private static final Set<String> OF_FELIX =
      Set.of("org.apache.felix.framework", "osgi.core", "dev.nodule.launcher");

  @TempDir Path folder;

  /** What the JVM has before any framework: the compiler is on its module path. */
  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String folder : new String[] {"lib", "jit"}) {
      try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars;
  }

  private static String symbolicName(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    String name =
        manifest == null
            ? null
            : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
    return name == null ? "" : name.split(";")[0].trim();
  }

  /** In a loader of its own: Felix and Equinox hold the same resolver, one of them signed. */
  private static FrameworkFactory equinox() throws ReflectiveOperationException {
    URL jar = EquinoxFactory.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader withoutFrameworks =
        new ClassLoader(EquinoxTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.felix.") || name.startsWith("org.eclipse.")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    ClassLoader loader = new URLClassLoader(new URL[] {jar}, withoutFrameworks);
    return (FrameworkFactory)
        Class.forName(EquinoxFactory.class.getName(), true, loader)
            .getDeclaredConstructor()
            .newInstance();
  }

  @Test
  void allBundlesResolveAndAllModulesAreServices() throws Exception {
    List<Path> bundles = new ArrayList<>();
    Set<String> packages = new TreeSet<>();
    for (Path path : jars()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        String name = symbolicName(jar);
        if (name.isEmpty()) {
          // GraalJS is no bundle: it lies on the class path, and the framework exports it.
          jar.stream()
              .map(entry -> entry.getName())
              .filter(entry -> entry.endsWith(".class") && entry.contains("/"))
              .filter(entry -> !entry.startsWith("META-INF/"))
              .forEach(
                  entry ->
                      packages.add(entry.substring(0, entry.lastIndexOf('/')).replace('/', '.')));
        } else if (!OF_FELIX.contains(name)) {
          bundles.add(path);
        }
      }
    }
    Framework framework =
        equinox()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    String.join(",", packages)));
    framework.start();
    try {
      Map<String, Bundle> installed = new TreeMap<>();
      for (Path path : bundles) {
        Bundle bundle = framework.getBundleContext().installBundle(path.toUri().toString());
        installed.put(bundle.getSymbolicName(), bundle);
      }
      framework.adapt(FrameworkWiring.class).resolveBundles(installed.values());
      Map<String, String> failures = new TreeMap<>();
      int modules = 0;
      for (Map.Entry<String, Bundle> entry : installed.entrySet()) {
        String name = entry.getKey();
        if (name.startsWith("dev.nodule.")) {
          try {
            entry.getValue().start();
          } catch (BundleException e) {
            failures.put(name, String.valueOf(e.getMessage()));
          }
          modules += name.startsWith("dev.nodule.core.") ? 1 : 0;
        }
      }
      assertEquals(Map.of(), failures);
      assertTrue(modules > 25, modules + " core modules");
      assertEquals(
          modules,
          framework
              .getBundleContext()
              .getAllServiceReferences("dev.nodule.api.CoreModule", null)
              .length);
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }
}
