package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives, Debian packages and OCI images; minutes, so only {@code ./mvnw verify -Pslow} runs it.
 */
@Tag("slow")
@Timeout(900)
class DistFormatsTest {
  private static final String NAME = "nodule-example-appliance";

  @TempDir Path folder;

  private Path make(String file, String... more) {
    Path out = folder.resolve(file);
    String[] arguments = Arrays.copyOf(new String[] {"--app", "", "--out", ""}, 4 + more.length);
    arguments[1] = DistImages.APPLIANCE.toString();
    arguments[3] = out.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    DistImages.make(arguments);
    return out;
  }

  private static boolean has(String program) {
    return Stream.of("/usr/bin/", "/bin/", "/usr/sbin/")
        .anyMatch(bin -> Files.isExecutable(Path.of(bin + program)));
  }

  private Nodule.Result call(String... command) throws IOException, InterruptedException {
    Nodule.Result result =
        DistImages.run(
            folder, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "SHELL", "/bin/sh"), command);
    assertEquals(
        0, result.exitCode(), String.join(" ", command) + "\n" + result.out() + result.err());
    return result;
  }

  @Test
  void twoBuildsAreTheSameBytes() throws Exception {
    Path first = make("first.tar.gz", "--no-cache", "--no-jit");
    Path second = make("second.tar.gz", "--no-cache", "--no-jit");
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void anArchiveKeepsItsCacheWhereverItIsUnpacked() throws Exception {
    Path archive = make("image.tar.gz", "--exclude", "child_process");
    Path place = Files.createDirectories(folder.resolve("some where/else"));
    call("tar", "-xzf", archive.toString(), "-C", place.toString());
    Nodule.Result run =
        DistImages.run(
            folder,
            Map.of("NODULE_JAVA_OPTIONS", "-XX:AOTMode=on"),
            place.resolve(NAME).resolve("bin/nodule").toString(),
            "-p",
            "6*7");
    assertEquals("42\n", run.out(), run.err());
  }

  @Test
  void aPackageIsInstalledUpgradedAndPurged() throws Exception {
    assumeTrue(has("dpkg") && System.getProperty("user.name").equals("root"));
    Path first = make("first.deb", "--no-cache", "--no-jit", "--exclude", "child_process");
    Path application = folder.resolve("application");
    Files.createDirectory(application);
    for (String file : List.of("gateway.js", "package.json")) {
      String text = Files.readString(DistImages.APPLIANCE.resolve(file));
      Files.writeString(application.resolve(file), text.replace("1.0.0", "1.1.0"));
    }
    Path second = folder.resolve("second.deb");
    DistImages.make(
        "--app",
        application.toString(),
        "--out",
        second.toString(),
        "--no-cache",
        "--no-jit",
        "--exclude",
        "child_process");
    call("dpkg-deb", "--info", first.toString());
    Path root = Files.createDirectory(folder.resolve("root"));
    for (String path :
        List.of(
            "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers", "etc", "bin")) {
      Files.createDirectories(root.resolve(path));
    }
    Files.createFile(root.resolve("var/lib/dpkg/status"));
    Files.createFile(root.resolve("var/lib/dpkg/available"));
    // Its scripts need a user database: they run outside of the root, told not to touch this
    // machine.
    String[] dpkg = {
      "dpkg",
      "--root=" + root,
      "--force-not-root",
      "--force-depends",
      "--force-script-chrootless",
      "--log=" + folder.resolve("log")
    };
    Path image = root.resolve("usr/lib").resolve(NAME);
    Path settings = root.resolve("etc/default").resolve(NAME);
    call(with(dpkg, "--no-triggers", "--unpack", first.toString()));
    Nodule.Result run =
        DistImages.run(folder, Map.of(), image.resolve("bin/nodule").toString(), "-p", "6*7");
    assertEquals("42\n", run.out(), run.err());
    Files.writeString(settings, "PORT=4000\n");
    call(with(dpkg, "--no-triggers", "--force-confold", "--unpack", second.toString()));
    assertEquals("PORT=4000\n", Files.readString(settings));
    assertTrue(Files.readString(image.resolve("app/package.json")).contains("1.1.0"));
    call(with(dpkg, "--force-remove-reinstreq", "--purge", NAME));
    assertFalse(Files.exists(image));
    assertFalse(Files.exists(settings));
  }

  private static String[] with(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  @Test
  void anImageLayoutIsReadByTheToolsOfTheTrade() throws Exception {
    Path layout = make("image.oci", "--no-cache", "--no-jit", "--exclude", "child_process");
    assertTrue(Files.readString(Path.of(layout + ".k8s.yaml")).contains("kind: Deployment"));
    assumeTrue(has("skopeo") && has("umoci"));
    Nodule.Result inspected = call("skopeo", "inspect", "--config", "oci:" + layout + ":1.0.0");
    assertTrue(inspected.out().contains("65532:65532"), inspected.out());
    call(
        "umoci",
        "unpack",
        "--rootless",
        "--image",
        layout + ":1.0.0",
        folder.resolve("bundle").toString());
    Path root = folder.resolve("bundle/rootfs");
    assertTrue(Files.exists(root.resolve("opt").resolve(NAME).resolve("sbom.cdx.json")));
    assumeTrue(System.getProperty("user.name").equals("root"));
    Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(root.resolve("dev"));
    Nodule.Result run =
        call(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "sh",
            "-c",
            "mount -t proc proc \"$0/proc\" && exec chroot --userspec=65532:65532 \"$0\" /opt/"
                + NAME
                + "/bin/nodule -p 6*7",
            root.toString());
    assertEquals("42\n", run.out(), run.err());
  }
}
