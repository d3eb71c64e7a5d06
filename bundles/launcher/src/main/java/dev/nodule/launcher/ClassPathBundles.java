package dev.nodule.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * The default bundles: jars of the class path that Felix sees through OSGi Connect (OSGi Core,
 * chapter 60). Their classes come from the built-in loader, so that the ahead-of-time cache holds
 * them.
 */
final class ClassPathBundles implements ModuleConnector {
  /** The location of a default bundle is this and its symbolic name. */
  static final String LOCATION = "classpath:";

  private final Map<String, JarModule> modules = new HashMap<>();

  /**
   * Reads the manifests of all jars and keeps those of core modules. Not through the class loader:
   * that verifies the signature of a signed jar to give its manifest, which took longer than all
   * the rest.
   */
  static ClassPathBundles scan() throws IOException {
    ClassPathBundles bundles = new ClassPathBundles();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(path);
      if (!file.isFile()) {
        continue;
      }
      try (JarFile jar = new JarFile(file, false)) {
        Manifest manifest = jar.getManifest();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String capabilities = attributes.getValue("Provide-Capability");
        if (capabilities != null && capabilities.contains("nodule.")) {
          String name = attributes.getValue("Bundle-SymbolicName");
          bundles.modules.put(LOCATION + name, new JarModule(attributes));
        }
      }
    }
    return bundles;
  }

  List<String> locations() {
    List<String> locations = new ArrayList<>(modules.keySet());
    locations.sort(null);
    return locations;
  }

  @Override
  public void initialize(File storage, Map<String, String> configuration) {
    // Nothing to keep between starts.
  }

  @Override
  public Optional<ConnectModule> connect(String location) {
    return Optional.ofNullable(modules.get(location));
  }

  @Override
  public Optional<BundleActivator> newBundleActivator() {
    return Optional.empty();
  }

  private static final class JarModule implements ConnectModule, ConnectContent {
    private final Map<String, String> headers = new HashMap<>();

    JarModule(Attributes attributes) {
      attributes.forEach((key, value) -> headers.put(key.toString(), value.toString()));
    }

    @Override
    public ConnectContent getContent() {
      return this;
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
      return Optional.of(headers);
    }

    @Override
    public Iterable<String> getEntries() {
      return List.of();
    }

    @Override
    public Optional<ConnectEntry> getEntry(String path) {
      URL url = ClassPathBundles.class.getClassLoader().getResource(path);
      return url == null ? Optional.empty() : Optional.of(new ResourceEntry(path, url));
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
      return Optional.of(ClassPathBundles.class.getClassLoader());
    }

    @Override
    public void open() {
      // Always open.
    }

    @Override
    public void close() {
      // Always open.
    }
  }

  private record ResourceEntry(String path, URL url) implements ConnectContent.ConnectEntry {
    @Override
    public String getName() {
      return path;
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public long getLastModified() {
      return 0;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return url.openStream();
    }
  }
}
