package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Updates in the field: what differs between two images, carried to a running appliance. The images
 * of later versions are copies of one that was built, with other bundles in them.
 */
@Tag("image")
@Timeout(400)
class UpdateTest {
  private static final String NAME = "field-program";
  private static final String MARK = "module.exports.marked = 'second';";

  /** The state of two modules that an update changes together. */
  private static final String STATE =
      "[process.moduleVersions.os, process.moduleVersions.querystring,"
          + " require('os').marked, require('querystring').marked].join()";

  private static final String OLD_STATE = "0.1.0,0.1.0,,";
  private static final String NEW_STATE = "7.0.0,7.0.0,second,second";
  private static final int KILLS = 8;

  @TempDir static Path shared;
  private static Path oldImage = Path.of("");
  private static Path newImage = Path.of("");
  private static Path update = Path.of("");
  private static SigningKeys operator = new SigningKeys(Path.of(""), Path.of(""));

  @TempDir Path folder;

  @BeforeAll
  static void makeImages() throws Exception {
    operator = SigningKeys.make(shared, "operator", "EC");
    Path program = Files.createDirectory(shared.resolve("program"));
    // On a busy machine a command takes longer than a connection is kept by default.
    Files.writeString(
        program.resolve("index.js"),
        SwapTarget.PROGRAM.replace("createServer(", "createServer({ keepAliveTimeout: 0 }, "));
    Files.writeString(
        program.resolve("package.json"), "{\"name\":\"" + NAME + "\",\"version\":\"1.0.0\"}");
    oldImage = shared.resolve("old");
    DistImages.make(
        "--app",
        program.toString(),
        "--out",
        oldImage.toString(),
        "--modules",
        "os,querystring",
        "--signers",
        operator.certificate().toString(),
        "--no-cache",
        "--no-jit",
        "--no-intl");
    newImage = later("new", "7.0.0", "os", "querystring");
    update = shared.resolve("update.jar");
    Nodule.Result written = write(oldImage, newImage, update, operator);
    assertEquals(0, written.exitCode(), written.err());
  }

  /** The first image with other versions of these modules. */
  private static Path later(String name, String version, String... modules) throws Exception {
    return later(oldImage, name, version, modules);
  }

  private static Path later(Path from, String name, String version, String... modules)
      throws Exception {
    Path image = shared.resolve(name);
    run("cp", "-al", from.toString(), image.toString());
    for (String module : modules) {
      try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
        for (Path jar : jars.toList()) {
          if (String.valueOf(jar.getFileName()).startsWith("nodule-core-" + module + "-")) {
            Files.delete(jar);
          }
        }
      }
      ModuleJars.of(module, version)
          .append(module, MARK)
          .write(image.resolve("lib").resolve("nodule-core-" + module + "-" + version + ".jar"));
    }
    return image;
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static Nodule.Result write(Path from, Path to, Path out, SigningKeys key, String... more)
      throws IOException {
    String[] fixed = {
      "dist",
      "--update",
      from.toString(),
      to.toString(),
      "--out",
      out.toString(),
      "--key",
      key.store().toString(),
      "--key-password-file",
      key.passwordFile().toString()
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Nodule.run(all);
  }

  private SwapTarget start() throws IOException {
    return SwapTarget.startImage(folder, oldImage, NAME);
  }

  private Path list() throws IOException {
    Path state = folder.resolve("state/nodule");
    if (!Files.exists(state)) {
      return state.resolve("none");
    }
    try (Stream<Path> folders = Files.list(state)) {
      return folders.findFirst().orElseThrow().resolve("modules");
    }
  }

  @Test
  void theDifferenceIsTold() throws Exception {
    Path packed = folder.resolve("new.tar.gz");
    run("tar", "-C", shared.toString(), "-czf", packed.toString(), "new");
    for (Path to : List.of(newImage, packed)) {
      Nodule.Result text = Nodule.run("dist", "--diff", oldImage.toString(), to.toString());
      assertEquals(0, text.exitCode(), text.err());
      assertTrue(
          text.out().startsWith(NAME + " 1.0.0 -> " + NAME + " 1.0.0\nan update carries\n"),
          text.out());
      assertTrue(text.out().contains("changed  core module os                 0.1.0 -> 7.0.0, "));
      assertTrue(text.out().contains("update: 2 bundles, "), text.out());
      assertFalse(text.out().contains("cannot carry"), text.out());
    }
    Nodule.Result same = Nodule.run("dist", "--diff", oldImage.toString(), oldImage.toString());
    assertTrue(same.out().endsWith("no difference\n"), same.out());
    Nodule.Result older =
        Nodule.run("dist", "--diff", newImage.toString(), oldImage.toString(), "--json");
    assertTrue(
        older.out().contains("\"from\":\"7.0.0\",\"to\":\"0.1.0\",\"older\":true"), older.out());
  }

  @Test
  void whatNoUpdateCarriesIsToldAndRefused() throws Exception {
    Path more = later("more", "7.0.0", "os");
    for (String file : List.of("app/index.js", "java/release", "bin/nodule")) {
      byte[] bytes = Files.readAllBytes(more.resolve(file));
      Files.delete(more.resolve(file));
      Files.write(more.resolve(file), bytes);
      Files.writeString(
          more.resolve(file),
          new String(bytes, StandardCharsets.UTF_8) + "# other\n",
          StandardCharsets.UTF_8);
    }
    Nodule.Result text = Nodule.run("dist", "--diff", oldImage.toString(), more.toString());
    for (String line :
        List.of(
            "it cannot carry\n",
            "  changed  app/index.js\n",
            "the application's files are read when it starts",
            "  changed  java/release\n           a running process cannot change its Java\n",
            "  changed  bin/nodule\n")) {
      assertTrue(text.out().contains(line), text.out());
    }
    Path out = folder.resolve("partial.jar");
    Nodule.Result refused = write(oldImage, more, out, operator);
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("app/index.js"), refused.err());
    assertFalse(Files.exists(out));
    assertEquals(0, write(oldImage, more, out, operator, "--partial").exitCode());
    try (ZipFile jar = new ZipFile(out.toFile())) {
      assertEquals(
          List.of(
              "META-INF/MANIFEST.MF",
              "META-INF/NODULE.SF",
              "META-INF/NODULE.EC",
              "bundles/nodule-core-os-7.0.0.jar",
              "nodule-update.json"),
          jar.stream().map(ZipEntry::getName).sorted(METADATA_FIRST).toList());
    }
  }

  private static final java.util.Comparator<String> METADATA_FIRST =
      java.util.Comparator.comparing((String name) -> !name.startsWith("META-INF/"))
          .thenComparing(name -> name.startsWith("META-INF/") ? -name.indexOf('.') : 0)
          .thenComparing(name -> name.endsWith(".EC"))
          .thenComparing(name -> name);

  @Test
  void wrongCommandLinesLeaveNothingBehind() throws Exception {
    Path out = folder.resolve("out.jar");
    assertEquals(9, Nodule.run("dist", "--diff", oldImage.toString()).exitCode());
    assertEquals(
        9,
        Nodule.run("dist", "--update", oldImage.toString(), newImage.toString(), "--out", "x")
            .exitCode());
    told("no image that nodule dist made", write(folder, newImage, out, operator));
    told("no such file", write(oldImage, folder.resolve("absent"), out, operator));
    told("there is no difference", write(oldImage, oldImage, out, operator));
    told(
        "is no PKCS #12 key store",
        write(oldImage, newImage, out, new SigningKeys(operator.certificate(), out)));
    Files.writeString(folder.resolve("wrong"), "wrong\n");
    told(
        "password",
        Nodule.run(
            "dist",
            "--update",
            oldImage.toString(),
            newImage.toString(),
            "--out",
            out.toString(),
            "--key",
            operator.store().toString(),
            "--key-password-file",
            folder.resolve("wrong").toString()));
    Path cut = folder.resolve("cut.tar.gz");
    run("tar", "-C", shared.toString(), "-czf", cut.toString(), "new");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    told("cannot be read", write(oldImage, cut, out, operator));
    assertFalse(Files.exists(out));
  }

  private static void told(String message, Nodule.Result result) {
    assertEquals(1, result.exitCode(), result.out() + result.err());
    assertTrue(result.err().contains(message), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void anUpdateIsOneStepAndOutlivesTheProcess() throws Exception {
    try (SwapTarget first = start()) {
      assertEquals(OLD_STATE, first.evaluate(STATE));
      Nodule.Result applied = first.command("update", update.toString());
      assertEquals(0, applied.exitCode(), applied.out() + applied.err());
      assertTrue(applied.out().contains("os: 0.1.0 -> 7.0.0\n"), applied.out());
      assertTrue(applied.out().contains("update done: "), applied.out());
      assertEquals(NEW_STATE, first.evaluate(STATE));
      assertEquals("os 0.1.0 7.0.0,querystring 0.1.0 7.0.0", first.evaluate("seen.join()"));
      refused(first, "NO_CHANGE", update);
    }
    try (SwapTarget second = start()) {
      assertEquals(NEW_STATE, second.evaluate(STATE));
      // The next one is for what this one has brought, and takes its place.
      Path third = later(newImage, "third", "7.1.0", "os");
      Path next = folder.resolve("next.jar");
      assertEquals(0, write(newImage, third, next, operator).exitCode());
      Nodule.Result applied = second.command("update", next.toString());
      assertEquals(0, applied.exitCode(), applied.err());
    }
    try (SwapTarget last = start()) {
      assertEquals("7.1.0,7.0.0,second,second", last.evaluate(STATE));
      assertEquals(0, last.command("rollback", "os", "--shipped").exitCode());
      assertEquals("0.1.0,7.0.0,,second", last.evaluate(STATE));
    }
  }

  @Test
  void anUpdateForAnotherImageStaysOut() throws Exception {
    try (SwapTarget first = start()) {
      assertEquals(0, first.command("update", update.toString()).exitCode());
    }
    Files.delete(oldImage.resolve("etc/image"));
    try {
      Files.writeString(oldImage.resolve("etc/image"), "replaced\n");
      try (SwapTarget upgraded = start()) {
        assertEquals(OLD_STATE, upgraded.evaluate(STATE));
      }
    } finally {
      Files.copy(
          newImage.resolve("etc/image"),
          oldImage.resolve("etc/image"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void whatIsWrongIsRefusedAndTheApplianceServesOn() throws Exception {
    SigningKeys stranger = SigningKeys.make(folder, "stranger", "Ed25519");
    Path strange = folder.resolve("strange.jar");
    assertEquals(0, write(oldImage, newImage, strange, stranger).exitCode());
    Path other = later("other", "8.0.0", "os");
    Path forOther = folder.resolve("other.jar");
    assertEquals(
        0, write(other, later(other, "another", "8.1.0", "os"), forOther, operator).exitCode());
    Path older = later("older", "0.0.9", "os");
    Path forOlder = folder.resolve("older.jar");
    assertEquals(0, write(oldImage, older, forOlder, operator).exitCode());
    byte[] whole = Files.readAllBytes(update);
    Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length - 1000));
    Path longer = folder.resolve("longer.jar");
    copy(update, longer, true, true, false);
    Path unsigned = folder.resolve("unsigned.jar");
    copy(update, unsigned, false, false, false);
    Path changed = folder.resolve("changed.jar");
    copy(update, changed, true, false, true);
    Path foreign = Files.writeString(folder.resolve("text.jar"), "no jar");
    try (SwapTarget target = start()) {
      refused(target, "UNSIGNED", unsigned);
      refused(target, "UNSIGNED", strange);
      refused(target, "UNSIGNED", longer);
      refused(target, "NOT_AN_UPDATE", changed);
      refused(target, "NOT_AN_UPDATE", cut);
      refused(target, "NOT_AN_UPDATE", foreign);
      refused(target, "NOT_AN_UPDATE", ModuleJars.shipped().get("os"));
      refused(target, "NOT_AN_UPDATE", folder.resolve("absent.jar"));
      refused(target, "WRONG_BASE", forOther);
      refused(target, "TOO_OLD", forOlder);
      // Nor is a bundle taken that nobody has signed.
      Nodule.Result swap =
          target.command("swap", ModuleJars.shipped().get("os").toString(), "--json");
      assertTrue(swap.out().contains("\"refused\":\"UNSIGNED\""), swap.out());
      assertEquals(OLD_STATE, target.evaluate(STATE));
      assertFalse(Files.exists(list()));
      assertEquals(0, target.command("update", forOlder.toString(), "--allow-older").exitCode());
      assertEquals("0.0.9,0.1.0,second,", target.evaluate(STATE));
      assertEquals(
          2,
          DistImages.run(
                  folder,
                  target.environment(),
                  oldImage.resolve("bin/nodule").toString(),
                  "update",
                  "1",
                  update.toString())
              .exitCode());
    }
    // Where nobody's signature counts, no update does.
    Path trusting = later("trusting", "0.1.0");
    Files.delete(trusting.resolve("etc/signers.pem"));
    try (SwapTarget target = SwapTarget.startImage(folder, trusting, NAME)) {
      refused(target, "UNSIGNED", update);
    }
  }

  /** Copies an update; with its signature or without, with an entry more or a byte changed. */
  private static void copy(Path from, Path to, boolean signed, boolean more, boolean changed)
      throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (!signed && entry.getName().matches("META-INF/NODULE.*")) {
          continue;
        }
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (changed && entry.getName().endsWith(".jar")) {
          bytes[bytes.length / 2] ^= 1;
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
      }
      if (more) {
        out.putNextEntry(new ZipEntry("bundles/more.jar"));
        out.write(1);
      }
    }
  }

  private static void refused(SwapTarget target, String reason, Path file) throws Exception {
    Nodule.Result result = target.command("update", file.toString(), "--json");
    assertEquals(1, result.exitCode(), file + " " + result.out() + result.err());
    assertTrue(
        result.out().startsWith("{\"refused\":\"" + reason + "\",\"message\":\""), result.out());
    assertEquals("3", target.evaluate("1 + 2"));
  }

  @Test
  void whereItCannotBeKeptNothingIsChanged() throws Exception {
    assumeTrue(ThrowawaySystem.isPossible(folder, "nsenter", "chroot"));
    Path mount = Files.createDirectory(folder.resolve("system"));
    try (ThrowawaySystem system = ThrowawaySystem.on(mount)) {
      system.shell("mkdir -p /mnt/state && mount -t tmpfs -o size=16k tmpfs /mnt/state");
      try (SwapTarget target = SwapTarget.startImage(system, Path.of("/mnt"), oldImage, NAME)) {
        // Its admin socket is in the other system, out of our sight.
        system.shell("until [ -S /mnt/nodule/" + target.pid() + ".sock ]; do sleep 0.1; done");
        Nodule.Result full = target.command("update", update.toString(), "--json");
        assertEquals(1, full.exitCode(), full.err());
        assertTrue(full.out().startsWith("{\"refused\":\"NOT_KEPT\""), full.out());
        assertTrue(full.out().contains("No space left on device"), full.out());
        assertEquals(OLD_STATE, target.evaluate(STATE));
        assertEquals("", system.shell("find /mnt/state -type f"));
        system.shell("mount -o remount,ro,size=10m /mnt/state");
        Nodule.Result locked = target.command("update", update.toString());
        assertEquals(1, locked.exitCode(), locked.err());
        assertTrue(locked.err().contains("Read-only file system"), locked.err());
        assertEquals(OLD_STATE, target.evaluate(STATE));
        assertEquals(0, target.command("update", update.toString(), "--no-persist").exitCode());
        assertEquals(NEW_STATE, target.evaluate(STATE));
      }
    }
  }

  @Test
  @Timeout(900)
  void killedAtAnyMomentItIsTheOldOneOrTheNew() throws Exception {
    Random random = new Random(5);
    SwapTarget target = start();
    try {
      // How long it takes tells when to kill those that follow.
      long begin = System.nanoTime();
      assertEquals(0, target.command("update", update.toString()).exitCode());
      long millis = (System.nanoTime() - begin) / 1_000_000;
      for (int i = 0; i < KILLS; i++) {
        toShipped(target);
        SwapTarget killed = target;
        CompletableFuture<Nodule.Result> command =
            CompletableFuture.supplyAsync(() -> killed.command("update", update.toString()));
        Thread.sleep(millis / 3 + random.nextLong(millis * 5 / 6 + 1));
        killed.process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        command.get(60, TimeUnit.SECONDS);
        target = start();
        String state = target.evaluate(STATE);
        assertTrue(state.equals(OLD_STATE) || state.equals(NEW_STATE), state);
        if (state.equals(OLD_STATE)) {
          // What the killed one has left does not stand in the way.
          assertEquals(0, target.command("update", update.toString()).exitCode());
          assertEquals(NEW_STATE, target.evaluate(STATE));
        }
      }
    } finally {
      target.close();
    }
  }

  private static void toShipped(SwapTarget target) throws Exception {
    for (String module : List.of("os", "querystring")) {
      Nodule.Result back = target.command("rollback", module, "--shipped");
      assertEquals(0, back.exitCode(), back.err());
    }
    assertEquals(OLD_STATE, target.evaluate(STATE));
  }
}
