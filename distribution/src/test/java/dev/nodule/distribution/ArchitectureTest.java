package dev.nodule.distribution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies run one way, and the bundles' headers tell what their JavaScript requires. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.nodule");

  @Test
  void coreModulesKnowTheApiAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.nodule.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nodule.engine..",
            "dev.nodule.loop..",
            "dev.nodule.runtime..",
            "dev.nodule.launcher..")
        .check(CLASSES);
  }

  @Test
  void theEngineAloneKnowsGraalJs() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nodule.engine..", "..nodes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.oracle..", "org.graalvm..")
        .check(CLASSES);
  }

  @Test
  void theApiKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.nodule.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nodule.engine..",
            "dev.nodule.loop..",
            "dev.nodule.runtime..",
            "dev.nodule.core..",
            "dev.nodule.launcher..",
            "dev.nodule.npm..")
        .check(CLASSES);
  }

  @Test
  void theCLibraryIsCalledInOnePlaceThatKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.nodule.posix..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.nodule..").and(resideOutsideOfPackage("dev.nodule.posix..")))
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.nodule.posix..", "dev.nodule.core.zlib..", "dev.nodule.core.sqlite..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(CLASSES);
  }

  @Test
  void noCoreModuleKnowsAnother() {
    Set<String> packages = new TreeSet<>();
    CLASSES.stream()
        .map(type -> type.getPackageName())
        .filter(name -> name.startsWith("dev.nodule.core."))
        .forEach(name -> packages.add(name.split("\\.")[3]));
    for (String own : packages) {
      String[] others =
          packages.stream()
              .filter(name -> !name.equals(own))
              .map(name -> "dev.nodule.core." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.nodule.core." + own + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void theEngineAndTheLoopDoNotKnowWhoUsesThem() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.nodule.engine..", "dev.nodule.loop..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.nodule.runtime..", "dev.nodule.launcher..", "dev.nodule.core..")
        .check(CLASSES);
  }

  private static final Pattern REQUIRE =
      Pattern.compile("(?<![.\\w])require\\('(?:node:)?([a-z_0-9/]+)'\\)");

  @Test
  void headersNameWhatTheJavaScriptRequires() throws IOException {
    Map<String, Path> bundles = new TreeMap<>();
    Map<String, String> moduleOfId = new HashMap<>();
    try (Stream<Path> files = Files.walk(Nodule.CHECKOUT, 3)) {
      for (Path bnd : files.filter(file -> file.endsWith("bnd.bnd")).toList()) {
        String text = Files.readString(bnd);
        String module = property(text, "nodule.module");
        if (!module.isEmpty()) {
          bundles.put(module, bnd.getParent());
          for (String id : property(text, "nodule.ids").split(",")) {
            moduleOfId.put(id.strip(), module);
          }
        }
      }
    }
    Map<String, String> wrong = new TreeMap<>();
    for (Map.Entry<String, Path> bundle : bundles.entrySet()) {
      String header = Files.readString(bundle.getValue().resolve("bnd.bnd"));
      String declared =
          "requires "
              + names(header, "nodule.requires")
              + ", optional "
              + names(header, "nodule.optional");
      Set<String> atLoad = requiredModules(bundle.getValue(), bundle.getKey(), moduleOfId, false);
      Set<String> later = requiredModules(bundle.getValue(), bundle.getKey(), moduleOfId, true);
      later.removeAll(atLoad);
      String required = "requires " + atLoad + ", optional " + later;
      if (!declared.equals(required)) {
        wrong.put(bundle.getKey(), required);
      }
    }
    assertEquals(
        Map.of(), wrong, "nodule.requires and nodule.optional of these bundles should be as shown");
  }

  private static Set<String> names(String bnd, String property) {
    Set<String> names = new TreeSet<>(List.of(property(bnd, property).split(",")));
    names.remove("");
    return names;
  }

  private static String property(String bnd, String name) {
    Matcher matcher =
        Pattern.compile("(?m)^" + Pattern.quote(name) + ":(.*(?:\\\\\\R.*)*)$").matcher(bnd);
    return matcher.find() ? matcher.group(1).replace("\\", "").replaceAll("\\s+", "").strip() : "";
  }

  /**
   * A require at the start of a line runs when the file is loaded, an indented one when its
   * function is called. What a bundle has of other projects is loaded later as a whole.
   */
  private static Set<String> requiredModules(
      Path bundle, String module, Map<String, String> moduleOfId, boolean indented)
      throws IOException {
    Path sources = bundle.resolve("src/main/js");
    if (!Files.exists(sources)) {
      return new TreeSet<>();
    }
    Set<String> ids = new TreeSet<>();
    readRequires(sources, line -> line.startsWith(" ") == indented)
        .filter(id -> !Files.exists(sources.resolve(id + ".js")))
        .forEach(ids::add);
    Path dependencies = bundle.resolve("target/classes/nodule/" + module + "/internal/deps");
    if (indented && Files.exists(dependencies)) {
      readRequires(dependencies, line -> true).forEach(ids::add);
    }
    Set<String> required = new TreeSet<>();
    for (String id : ids) {
      String owner = moduleOfId.get(id);
      if (owner != null && !owner.equals(module)) {
        required.add(owner);
      }
    }
    return required;
  }

  private static Stream<String> readRequires(Path folder, Predicate<String> lines)
      throws IOException {
    Set<String> ids = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        Matcher matcher =
            REQUIRE.matcher(
                Files.readString(file).lines().filter(lines).collect(Collectors.joining("\n")));
        while (matcher.find()) {
          ids.add(matcher.group(1));
        }
      }
    }
    return ids.stream();
  }
}
