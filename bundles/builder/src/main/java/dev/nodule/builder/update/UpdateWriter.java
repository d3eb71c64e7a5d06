package dev.nodule.builder.update;

import dev.nodule.builder.DistException;
import dev.nodule.builder.image.FileTree;
import dev.nodule.builder.update.ImageContent.Bundle;
import dev.nodule.builder.update.ImageDiff.ModuleChange;
import dev.nodule.swap.UpdateContents;
import dev.nodule.swap.UpdateContents.State;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/** Writes an update: a jar of bundles, signed as jars are. */
final class UpdateWriter {
  /** The first moment that a zip file knows; local time, so that no time zone shows. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 0);

  private UpdateWriter() {}

  /** Writes what the difference carries; the output appears when it is whole. */
  static void write(ImageDiff diff, KeyStore.PrivateKeyEntry key, Path output)
      throws IOException, DistException {
    Path work = Files.createTempDirectory(output.getParent(), ".nodule-dist-");
    try {
      Path plain = work.resolve("plain.jar");
      Path signed = work.resolve("signed.jar");
      pack(diff, plain);
      try (ZipFile jar = new ZipFile(plain.toFile());
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(signed))) {
        new JarSigner.Builder(key).signerName("NODULE").build().sign(jar, out);
      } catch (JarSignerException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new DistException("the update cannot be signed: " + e.getMessage());
      }
      Files.move(signed, output, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.delete(work);
    }
  }

  private static void pack(ImageDiff diff, Path file) throws IOException {
    SortedMap<String, State> base = new TreeMap<>();
    diff.from()
        .bundles()
        .forEach(
            (module, bundle) -> base.put(module, new State(bundle.version(), bundle.content())));
    List<UpdateContents.Bundle> list = new ArrayList<>();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      List<byte[]> bytes = new ArrayList<>();
      for (ModuleChange module : diff.carried()) {
        Bundle bundle = Objects.requireNonNull(diff.to().bundles().get(module.module()));
        list.add(
            new UpdateContents.Bundle(
                module.module(),
                bundle.path().replaceFirst("^lib/", "bundles/"),
                new State(bundle.version(), bundle.content())));
        bytes.add(bundle.bytes());
      }
      add(
          zip,
          UpdateContents.ENTRY,
          new UpdateContents(diff.to().application(), base, list).write());
      for (int i = 0; i < bytes.size(); i++) {
        add(zip, list.get(i).file(), bytes.get(i));
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
