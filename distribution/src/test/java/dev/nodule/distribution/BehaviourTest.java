package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The JavaScript tests of the core bundles, {@code src/test/js/*.test.*}: plain programs that exit
 * with 0. They ask for what Node.js does: {@code conformance/behaviour-on-node} runs the same files
 * there.
 */
class BehaviourTest {
  @TestFactory
  Stream<DynamicTest> behaviour() throws IOException {
    return files().map(file -> test(file, Map.of()));
  }

  /** On machines, and in images, that do not have the library. */
  @TestFactory
  Stream<DynamicTest> cryptographyWithoutTheNativeProvider() throws IOException {
    return files()
        .filter(file -> file.toString().contains("/core-crypto/"))
        .map(file -> test(file, Map.of("NODULE_JAVA_OPTIONS", "-Dnodule.crypto.java=true")));
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Nodule.CHECKOUT, 7)) {
      return all
          .filter(
              file ->
                  file.toString().contains("/src/test/js/")
                      && file.getFileName().toString().contains(".test."))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static DynamicTest test(Path file, Map<String, String> environment) {
    return DynamicTest.dynamicTest(
        Nodule.CHECKOUT.relativize(file).toString(),
        () -> {
          Nodule.Result result = Nodule.run(file.getParent(), environment, null, file.toString());
          assertEquals(0, result.exitCode(), () -> result.out() + result.err());
        });
  }
}
