package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles that the Karaf feature names, and no others, are complete: Equinox resolves them, and
 * applications run there.
 */
class EquinoxTest {
  private static final Path LIBRARIES = Nodule.LAUNCHER.getParent().resolveSibling("lib");
  private static final Pattern BUNDLE = Pattern.compile("mvn:([^<]+)</bundle>");

  @TempDir Path folder;

  private static List<Path> bundlesOfTheFeature() throws IOException {
    String features =
        Files.readString(Nodule.CHECKOUT.resolve("bundles/karaf/target/features.xml"));
    List<Path> bundles = new ArrayList<>();
    Matcher matcher = BUNDLE.matcher(features);
    while (matcher.find()) {
      // group/artifact/version[/type/classifier]
      String[] parts = matcher.group(1).split("/");
      bundles.add(jar(parts[1], parts[2] + (parts.length > 4 ? "-" + parts[4] : "")));
    }
    return bundles;
  }

  /** What the distribution does not have is for other containers alone. */
  private static Path jar(String artifact, String version) {
    String name = artifact + "-" + version + ".jar";
    Path shipped = LIBRARIES.resolve(name);
    return Files.exists(shipped)
        ? shipped
        : Nodule.CHECKOUT.resolve(
            Path.of("bundles", artifact.substring("nodule-".length()), "target", name));
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

  /** A command as a Gogo shell would call it; the class is one of the container's bundle. */
  private static Object command(BundleContext context, String name, Class<?> type, Object argument)
      throws Exception {
    ServiceReference<?>[] references =
        context.getAllServiceReferences(
            null, "(&(osgi.command.scope=nodule)(osgi.command.function=" + name + "))");
    Object commands = context.getService(references[0]);
    try {
      return commands.getClass().getMethod(name, type).invoke(commands, argument);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Test
  void bundlesResolveAndApplicationsRun() throws Exception {
    Framework framework =
        equinox()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("equinox").toString()));
    framework.start();
    try {
      BundleContext context = framework.getBundleContext();
      assertEquals(Map.of(), startBundles(framework));
      ServiceReference<?>[] modules =
          context.getAllServiceReferences("dev.nodule.api.CoreModule", null);
      assertTrue(modules.length > 25, modules.length + " core modules");
      aServerAnswersAndEnds(context);
      exitEndsTheRealmAlone(context);
    } finally {
      framework.stop();
      framework.waitForStop(30_000);
    }
  }

  private static Map<String, String> startBundles(Framework framework) throws Exception {
    List<Bundle> installed = new ArrayList<>();
    for (Path path : bundlesOfTheFeature()) {
      installed.add(framework.getBundleContext().installBundle(path.toUri().toString()));
    }
    Map<String, String> failures = new TreeMap<>();
    if (!framework.adapt(FrameworkWiring.class).resolveBundles(installed)) {
      installed.stream()
          .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
          .forEach(bundle -> failures.put(bundle.getSymbolicName(), "does not resolve"));
    }
    for (Bundle bundle : installed) {
      try {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
          bundle.start();
        }
      } catch (BundleException e) {
        failures.put(bundle.getSymbolicName(), String.valueOf(e.getMessage()));
      }
    }
    return failures;
  }

  private void aServerAnswersAndEnds(BundleContext context) throws Exception {
    Path portFile = folder.resolve("port");
    Path script = folder.resolve("server.mjs");
    Files.writeString(
        script,
        """
        import http from 'node:http';
        import { writeFileSync, renameSync } from 'node:fs';
        const [, , file] = process.argv;
        const server = http.createServer((request, response) => response.end(`here: ${request.url}`));
        server.listen(0, '127.0.0.1', () => {
          writeFileSync(file + '.new', String(server.address().port));
          renameSync(file + '.new', file);
        });
        """);
    Object started =
        command(
            context,
            "launch",
            String[].class,
            new String[] {script.toString(), portFile.toString()});
    assertEquals("application 1", started);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(portFile) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    URI address = URI.create("http://127.0.0.1:" + Files.readString(portFile) + "/page");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      assertEquals(
          "here: /page", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      assertEquals("application 1 ended with exit code 143", command(context, "end", int.class, 1));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      assertThrows(
          ConnectException.class,
          () -> client.send(request, HttpResponse.BodyHandlers.discarding()));
    }
  }

  private void exitEndsTheRealmAlone(BundleContext context) throws Exception {
    Path script = folder.resolve("exit.js");
    Path seen = folder.resolve("seen");
    Files.writeString(
        script,
        """
        setInterval(() => {}, 1000);
        process.on('exit', (code) => require('fs').writeFileSync(process.argv[2], `exit ${code}`));
        setTimeout(() => {
          try {
            process.exit(3);
          } finally {
            require('fs').writeFileSync(process.argv[2], 'nothing runs behind process.exit');
          }
        }, 1);
        """);
    IOException ended =
        assertThrows(
            IOException.class,
            () ->
                command(
                    context,
                    "run",
                    String[].class,
                    new String[] {script.toString(), seen.toString()}));
    assertTrue(String.valueOf(ended.getMessage()).endsWith("ended with exit code 3"));
    assertEquals("exit 3", Files.readString(seen));
  }
}
