package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Debian package's life under the real {@code dpkg}: installed, its service run as the unit says,
 * upgraded, removed, purged. Once the test stands in systemd's place, by the unit file, and once a
 * systemd of its own is in charge.
 */
@Timeout(600)
@Tag("image")
class DebianPackageTest {
  private static final String NAME = "nodule-example-appliance";
  private static final String UNIT = "/usr/lib/systemd/system/" + NAME + ".service";
  private static final String SETTINGS = "/etc/default/" + NAME;
  private static final String ENABLED =
      "/etc/systemd/system/multi-user.target.wants/" + NAME + ".service";

  @TempDir static Path packages;
  @TempDir Path folder;

  /** One of both versions; made once. */
  private static Path make(String version) throws Exception {
    Path deb = packages.resolve(version + ".deb");
    if (Files.exists(deb)) {
      return deb;
    }
    Path application = Files.createDirectories(packages.resolve(version));
    for (String file : List.of("gateway.js", "package.json")) {
      String text = Files.readString(DistImages.APPLIANCE.resolve(file));
      Files.writeString(application.resolve(file), text.replace("1.0.0", version));
    }
    DistImages.make(
        "--app", application.toString(), "--out", deb.toString(), "--no-cache", "--no-jit");
    return deb;
  }

  @Test
  void isInstalledUpgradedAndPurged() throws Exception {
    assumeTrue(
        ThrowawaySystem.isPossible(
            folder, "dpkg", "adduser", "deluser", "deb-systemd-helper", "nsenter", "setpriv"));
    Path first = make("1.0.0");
    Path second = make("1.1.0");
    Path mount = Files.createDirectory(folder.resolve("system"));
    try (ThrowawaySystem system = ThrowawaySystem.on(mount)) {
      // A system that seems to run systemd, and writes down what it is told.
      system.shell(
          "rm -f /usr/sbin/policy-rc.d; mkdir -p /run/systemd/system /usr/local/sbin;"
              + " printf '#!/bin/sh\\necho \"$*\" >> /run/told\\n"
              + "case $* in *preset*) exec /usr/bin/systemctl \"$@\" ;;"
              + " *is-enabled*) exec /usr/bin/systemctl --root=/ is-enabled "
              + NAME
              + " ;; esac\\n'"
              + " > /usr/local/sbin/systemctl;"
              + " chmod +x /usr/local/sbin/systemctl");

      system.shell("dpkg -i " + first);
      assertEquals("installed 1.0.0", status(system));
      assertEquals(
          SETTINGS, system.shell("dpkg-query -W -f '${Conffiles}' " + NAME).strip().split(" ")[0]);
      assertTrue(system.shell("getent passwd " + NAME).contains("/var/lib/" + NAME));
      assertTrue(system.shell("readlink " + ENABLED).contains("/systemd/system/" + NAME));
      assertTold(system, "start " + NAME + ".service");
      assertEquals("", system.shell("dpkg --verify " + NAME));
      String unit = system.shell("cat " + UNIT);
      verify(system);
      system.shell("printf 'NODE_ENV=production\\nPORT=0\\n' > " + SETTINGS);
      serve(system, unit);

      system.shell("dpkg -i " + second);
      assertEquals("installed 1.1.0", status(system));
      assertEquals("NODE_ENV=production\nPORT=0\n", system.shell("cat " + SETTINGS));
      assertTrue(system.shell("cat /usr/lib/" + NAME + "/app/package.json").contains("\"1.1.0\""));
      assertTold(system, "restart " + NAME + ".service");
      serve(system, unit);

      system.shell("dpkg -r " + NAME);
      assertEquals("config-files 1.1.0", status(system));
      assertTold(system, "stop " + NAME + ".service");
      assertFalse(exists(system, "/usr/lib/" + NAME));
      assertFalse(exists(system, "/usr/bin/" + NAME));
      assertTrue(exists(system, SETTINGS));

      system.shell("dpkg -P " + NAME);
      assertFalse(exists(system, SETTINGS));
      assertFalse(exists(system, ENABLED));
      assertFalse(exists(system, "/var/lib/" + NAME));
      assertEquals(2, system.run("getent", "passwd", NAME).exitCode());
      assertEquals(
          "", system.shell("find /etc /usr /var/lib -xdev -name '" + NAME + "*' 2>/dev/null"));
    }
  }

  @Test
  void systemdIsInCharge() throws Exception {
    assumeTrue(ThrowawaySystem.isPossible(folder, "dpkg", "adduser", "deb-systemd-helper"));
    assumeTrue(SystemdSystem.isPossible(folder));
    Path first = make("1.0.0");
    Path second = make("1.1.0");
    try (SystemdSystem system =
        SystemdSystem.on(Files.createDirectory(folder.resolve("systemd")))) {
      // What a test needs to see of the service, and has no time to wait for.
      system.shell(
          "rm -f /usr/sbin/policy-rc.d; mkdir -p /etc/systemd/system/"
              + NAME
              + ".service.d; printf '[Service]\\nStandardOutput=file:/run/out\\nTimeoutStartSec=300\\n"
              + "WatchdogSec=20\\nWatchdogSignal=SIGKILL\\n' > /etc/systemd/system/"
              + NAME
              + ".service.d/test.conf; printf 'NODE_ENV=production\\nPORT=0\\n' > "
              + SETTINGS);
      // It returns when the service has said that it is ready.
      system.shell("dpkg --force-confold -i " + first);
      assertEquals("active running notify", states(system));
      assertEquals("enabled\n", system.shell("systemctl is-enabled " + NAME));
      assertEquals(NAME, system.shell("ps -o user:40= -p " + pid(system)).strip());
      assertServes(system);
      // Commands reach it though it has a /tmp of its own.
      String modules =
          system.shell(
              "setpriv --reuid="
                  + NAME
                  + " --regid="
                  + NAME
                  + " --clear-groups env XDG_RUNTIME_DIR=/run/"
                  + NAME
                  + " /usr/lib/"
                  + NAME
                  + "/bin/nodule modules "
                  + pid(system));
      assertTrue(modules.contains("http"), modules);

      // A program that hangs is started anew.
      String hung = pid(system);
      system.shell("kill -STOP " + hung);
      system.shell(
          "n=0; until [ \"$(systemctl show -P NRestarts "
              + NAME
              + ")\" = 1 ] && systemctl -q is-active "
              + NAME
              + "; do n=$((n+1)); [ $n -lt 300 ] || exit 1; sleep 0.2; done");
      assertNotEquals(hung, pid(system));
      assertServes(system);

      system.shell("dpkg --force-confold -i " + second);
      assertEquals("active running notify", states(system));
      assertServes(system);
      system.shell("systemctl stop " + NAME);
      assertEquals("success 0\n", show(system, "Result", "ExecMainStatus") + "\n");
      system.shell("systemctl start " + NAME);
      system.shell("dpkg -P " + NAME);
      assertEquals("inactive\n", system.run("systemctl", "is-active", NAME).out());
      assertEquals("", system.shell("ls /run/" + NAME + " 2>/dev/null || :"));
    }
  }

  private static String show(SystemdSystem system, String... properties) throws Exception {
    List<String> values = new ArrayList<>();
    for (String property : properties) {
      values.add(system.shell("systemctl show -P " + property + " " + NAME).strip());
    }
    return String.join(" ", values);
  }

  private static String states(SystemdSystem system) throws Exception {
    return show(system, "ActiveState", "SubState", "Type");
  }

  private static String pid(SystemdSystem system) throws Exception {
    return show(system, "MainPID");
  }

  private static void assertServes(SystemdSystem system) throws Exception {
    String address = system.shell("grep ^http:// /run/out | tail -1").strip();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      assertEquals("{}\n", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static String status(ThrowawaySystem system) throws Exception {
    return system.shell("dpkg-query -W -f '${db:Status-Status} ${Version}' " + NAME);
  }

  private static boolean exists(ThrowawaySystem system, String path) throws Exception {
    return system.run("/usr/bin/test", "-e", path).exitCode() == 0;
  }

  private static void assertTold(ThrowawaySystem system, String words) throws Exception {
    String told = system.shell("cat /run/told; : > /run/told");
    assertTrue(told.contains(words), told);
  }

  /** What systemd itself thinks of the unit, where its tool is there. */
  private static void verify(ThrowawaySystem system) throws Exception {
    if (!exists(system, "/usr/bin/systemd-analyze")) {
      return;
    }
    Nodule.Result verified = system.run("systemd-analyze", "verify", "--man=no", UNIT);
    assertFalse((verified.out() + verified.err()).contains(NAME), verified.err());
    // 0 is no exposure at all, 100 all there can be; a service without settings has 96.
    Nodule.Result security =
        system.run("systemd-analyze", "security", "--offline=true", "--threshold=30", UNIT);
    assertEquals(0, security.exitCode(), security.out() + security.err());
  }

  /** Starts the service as the unit says, asks it for a page, and stops it. */
  private static void serve(ThrowawaySystem system, String unit) throws Exception {
    system.shell("install -d -o " + NAME + " -g " + NAME + " " + setting(unit, "WorkingDirectory"));
    assertEquals(NAME, setting(unit, "User"));
    assertEquals("notify", setting(unit, "Type"));
    try (NotifySocket manager = new NotifySocket();
        HttpClient client = HttpClient.newHttpClient()) {
      Map<String, String> environment = new HashMap<>();
      environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
      environment.put("NOTIFY_SOCKET", manager.address());
      environment.put("WATCHDOG_USEC", "1000000");
      List<String> settings = new ArrayList<>(List.of(setting(unit, "Environment").split(" ")));
      assertEquals("-" + SETTINGS, setting(unit, "EnvironmentFile"));
      system.shell("grep -v '^#' " + SETTINGS).lines().forEach(settings::add);
      for (String line : settings) {
        int equals = line.indexOf('=');
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
      Process process =
          system.start(
              environment,
              "/usr/bin/setpriv",
              "--reuid=" + NAME,
              "--regid=" + NAME,
              "--clear-groups",
              "--no-new-privs",
              "--bounding-set=-all",
              "/bin/sh",
              "-c",
              "cd " + setting(unit, "WorkingDirectory") + " && exec " + setting(unit, "ExecStart"));
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("READY=1\nMAINPID=" + process.pid(), manager.nextState());
        String line = out.readLine();
        while (line != null && !line.startsWith("http://")) {
          line = out.readLine();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(String.valueOf(line))).build();
        assertEquals("{}\n", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        assertEquals("WATCHDOG=1", manager.next());
        assertEquals("WATCHDOG=1", manager.next());
        process.destroy();
        assertEquals("STOPPING=1", manager.nextState());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static String setting(String unit, String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
