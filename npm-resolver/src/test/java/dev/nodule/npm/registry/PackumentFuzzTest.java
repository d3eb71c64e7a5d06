package dev.nodule.npm.registry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.PackageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Any answer of a registry is a package document, or is refused as none. */
class PackumentFuzzTest {
  private final VersionPicker picker = new VersionPicker("20.0.0", "11.0.0", null, "latest");

  @FuzzTest(maxDuration = "3m")
  void anyAnswerIsReadOrRefused(byte[] data) {
    Packument packument;
    try {
      packument = Packument.scan("a", data);
    } catch (IOException e) {
      return;
    }
    for (var candidate : packument.candidates) {
      try {
        packument.manifest(candidate).bin();
      } catch (NpmException e) {
        // a manifest that cannot be read: said when, and if, it is chosen
      }
    }
    for (String wanted : List.of("*", "^1.0.0", "1.0.0", "latest", "next")) {
      try {
        picker.pick(packument, PackageSpec.resolve("a", wanted, Path.of("/")));
      } catch (NpmException e) {
        // nothing that fits
      }
    }
  }
}
