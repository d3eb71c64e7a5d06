package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of a running process by HTTP and by JMX. */
class MetricsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static double sample(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in\n" + page));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void figuresGoOutByBothWays() throws Exception {
    int port = freePort();
    try (SwapTarget target =
        SwapTarget.start(folder, "--metrics=" + port, "--metrics-jmx", "--expose-gc")) {
      HttpResponse<String> first = get(port, "/metrics");
      assertEquals(200, first.statusCode());
      assertEquals(
          "text/plain; version=0.0.4; charset=utf-8",
          first.headers().firstValue("content-type").orElseThrow());
      assertEquals(404, get(port, "/").statusCode());
      double calls = sample(first.body(), "nodule_module_calls_total{module=\"os\"}");
      target.evaluate("for (let i = 0; i < 500; i++) require('os').platform(); 0");
      target.evaluate("try { require('os').setPriority('x') } catch {}");
      String jar = ModuleJars.of("os", "2.0.0").write(folder.resolve("os.jar"));
      assertEquals(0, target.command("swap", jar).exitCode());
      assertEquals(1, target.command("swap", "nothing.jar").exitCode());

      String page = get(port, "/metrics").body();
      assertTrue(sample(page, "nodule_module_calls_total{module=\"os\"}") >= calls + 500, page);
      assertTrue(sample(page, "nodule_module_errors_total{module=\"os\"}") >= 1, page);
      assertTrue(
          page.contains("nodule_module_info{module=\"os\",version=\"2.0.0\",shipped="), page);
      assertEquals(
          1, sample(page, "nodule_module_operations_total{operation=\"swap\",result=\"done\"}"));
      assertEquals(
          1,
          sample(
              page, "nodule_module_operations_total{operation=\"swap\",result=\"not_a_module\"}"));
      assertTrue(sample(page, "nodule_loop_idle_seconds_total{loop=\"main\"}") > 0, page);
      assertTrue(sample(page, "nodule_loop_lag_seconds{loop=\"main\"}") >= 0, page);
      assertEquals(0, sample(page, "nodule_module_draining_handles{module=\"os\"}"));
      readByJmx(target.pid());
    }
  }

  private static void readByJmx(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
    JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ObjectName name = new ObjectName("dev.nodule:type=Modules");
      CompositeData[] modules = (CompositeData[]) beans.getAttribute(name, "Modules");
      CompositeData os =
          Arrays.stream(modules)
              .filter(module -> "os".equals(module.get("name")))
              .findFirst()
              .orElseThrow();
      assertEquals("2.0.0", os.get("version"));
      assertTrue((Long) os.get("calls") >= 500);
      TabularData operations = (TabularData) beans.getAttribute(name, "Operations");
      assertEquals(1L, operations.get(new Object[] {"swap done"}).get("value"));
    }
  }

  @Test
  void badAddressesEndTheStart() {
    assertEquals(9, Nodule.run("--metrics=nowhere", "-e", "0").exitCode());
    assertEquals(9, Nodule.run("--metrics=70000", "-e", "0").exitCode());
  }

  /** Whoever does not ask for figures does not pay for them. */
  @Test
  void nothingOfItIsLoadedByDefault() {
    Nodule.Result result =
        Nodule.run(
            Nodule.CHECKOUT,
            Map.of("NODULE_JAVA_OPTIONS", "-Xlog:class+load:stdout"),
            null,
            "-p",
            "'hello'");
    assertTrue(result.out().contains("hello"), result.out());
    assertFalse(result.out().contains("dev.nodule.metrics."), "metrics are loaded");
    assertFalse(result.out().contains("com.sun.net.httpserver."), "an HTTP server is loaded");
  }
}
