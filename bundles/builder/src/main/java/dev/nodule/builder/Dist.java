package dev.nodule.builder;

import dev.nodule.builder.closure.CoreBundle;
import dev.nodule.builder.closure.CoreCatalog;
import dev.nodule.builder.closure.CoreClosure;
import dev.nodule.builder.format.ImageFormats;
import dev.nodule.builder.format.Sbom;
import dev.nodule.builder.image.ApplicationFiles;
import dev.nodule.builder.image.CacheTraining;
import dev.nodule.builder.image.FileTree;
import dev.nodule.builder.image.ImageLayout;
import dev.nodule.builder.java.JavaModules;
import dev.nodule.builder.java.JavaRuntime;
import dev.nodule.builder.java.JdkFinder;
import dev.nodule.builder.report.ImageReport;
import dev.nodule.builder.trace.LoadTrace;
import dev.nodule.builder.trace.StaticTrace;
import dev.nodule.builder.trace.Trace;
import dev.nodule.builder.trim.LibraryTrimmer;
import dev.nodule.builder.trim.Target;
import dev.nodule.builder.trim.TrimmedJar;
import dev.nodule.swap.SwapPolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes an image.
 *
 * <ol>
 *   <li>TRACE what the application loads.
 *   <li>CLOSE over the core modules that it needs.
 *   <li>TRIM the libraries to the classes that those reach.
 *   <li>LINK a Java runtime of the modules that these use.
 *   <li>TRAIN the ahead-of-time cache on the application.
 *   <li>PACK.
 * </ol>
 */
final class Dist {
  private final DistOptions options;
  private final Path home;
  private final PrintStream progress;
  private final List<String> notes = new ArrayList<>();
  private @Nullable Application application;

  Dist(DistOptions options, Path home, PrintStream progress) {
    this.options = options;
    this.home = home;
    this.progress = progress;
  }

  private Application application() throws IOException, DistException {
    Application known = application;
    if (known == null) {
      application = known = Application.of(options);
    }
    return known;
  }

  private void step(String text) {
    if (!options.json) {
      progress.println("nodule dist: " + text);
    }
  }

  /** The first two steps alone. */
  ImageReport analyse() throws IOException, DistException {
    CoreCatalog catalog = CoreCatalog.of(home.resolve("lib"));
    Trace trace = trace(catalog);
    return report(trace, closure(catalog, trace), new TreeMap<>(), new TreeMap<>(), List.of());
  }

  private ImageReport report(
      Trace trace,
      CoreClosure closure,
      SortedMap<String, Long> moduleBytes,
      SortedMap<String, Long> bytes,
      List<String> javaModules)
      throws IOException, DistException {
    return new ImageReport(
        application().name(), trace, closure, moduleBytes, bytes, javaModules, notes);
  }

  ImageReport write() throws IOException, DistException {
    Path output = Objects.requireNonNull(options.output);
    refuseOutput(output);
    refuseTarget();
    if (options.signers != null) {
      pem(options.signers);
    }
    CoreCatalog catalog = CoreCatalog.of(home.resolve("lib"));
    step("tracing " + application().folder());
    Trace trace = trace(catalog);
    CoreClosure closure = closure(catalog, trace);
    // Beside the output: it is moved into place when it is whole.
    Path work = Files.createTempDirectory(output.getParent(), ".nodule-dist-");
    try {
      ImageLayout image =
          new ImageLayout(Files.createDirectory(work.resolve(application().name())));
      ImageReport report = build(image, catalog, trace, closure);
      step("writing " + output);
      ImageFormats.write(
          options.format.name(), image, application(), options.target, time(), work, output);
      return report;
    } finally {
      FileTree.delete(work);
    }
  }

  private void refuseOutput(Path output) throws DistException {
    Path parent = output.getParent();
    if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new DistException("--out: " + parent + " is no folder that can be written to");
    }
    if (Files.exists(output)) {
      throw new DistException("--out: " + output + " is there already");
    }
  }

  /** What this machine cannot do for another, told before anything is done. */
  private void refuseTarget() throws IOException, DistException {
    if (options.target.equals(Target.host())) {
      return;
    }
    String name = options.target.name();
    if (!Files.isDirectory(home.resolve("builder").resolve(name))) {
      throw new DistException("--target: this distribution has no native libraries for " + name);
    }
    if (options.jdk == null) {
      throw new DistException(
          "--target "
              + name
              + ": give the folder of a JDK "
              + JdkFinder.version(home.resolve("java"))
              + " of that machine, with its jmods, by --jdk");
    }
    if (options.format == DistOptions.Format.OCI) {
      throw new DistException(
          "--target "
              + name
              + ": an OCI image has the C library of the machine it is made on;"
              + " make a .tar.gz or .deb, or run nodule dist on such a machine");
    }
  }

  private Trace trace(CoreCatalog catalog) throws IOException, DistException {
    List<Path> entries = new ArrayList<>(List.of(application().main()));
    for (String file : options.included) {
      Path path = application().folder().resolve(file).normalize();
      if (!Files.isRegularFile(path)) {
        throw new DistException("--include: " + path + " is no file");
      }
      entries.add(path.toRealPath());
    }
    Trace trace = StaticTrace.of(application().folder(), entries, catalog.publicIds());
    if (options.trace != null) {
      step("running " + options.trace);
      LoadTrace loaded =
          LoadTrace.of(options.trace, application().folder(), home.resolve("bin").toAbsolutePath());
      StaticTrace.extend(trace, loaded, catalog.publicIds());
    }
    return trace;
  }

  private CoreClosure closure(CoreCatalog catalog, Trace trace) throws IOException, DistException {
    SortedSet<String> wanted = new TreeSet<>();
    for (String id : options.modules) {
      String module = catalog.named(id);
      if (module == null) {
        throw new DistException(
            "--modules: there is no core module '"
                + id
                + "'; there are "
                + String.join(", ", catalog.bundles().keySet()));
      }
      wanted.add(module);
    }
    for (String id : options.excluded) {
      if (catalog.named(id) == null) {
        throw new DistException("--exclude: there is no core module '" + id + "'");
      }
    }
    for (Map.Entry<String, Trace.Origin> id : trace.coreIds().entrySet()) {
      String module = catalog.moduleOf(id.getKey());
      if (module == null) {
        notes.add(
            "core module '"
                + id.getKey()
                + "' is not in this distribution; wanted by "
                + String.join(" > ", trace.chain(id.getValue())));
      } else if (options.excluded.contains(module)) {
        notes.add(
            "core module '"
                + module
                + "' is left out as --exclude says; wanted by "
                + String.join(" > ", trace.chain(id.getValue())));
      } else {
        wanted.add(module);
      }
    }
    Path runtime = own("nodule-runtime-");
    return CoreClosure.of(
        catalog, runtime, CoreCatalog.headersOf(runtime), wanted, options.excluded);
  }

  private Path own(String prefix) throws IOException, DistException {
    for (Path jar : jars("lib")) {
      if (String.valueOf(jar.getFileName()).startsWith(prefix)) {
        return jar;
      }
    }
    throw new DistException(home + " is no Nodule distribution: it has no " + prefix + "*.jar");
  }

  /** The class path, with the target's own libraries in the place of this machine's. */
  private List<Path> libraries() throws IOException {
    List<Path> jars = new ArrayList<>(jars("lib"));
    if (!options.target.equals(Target.host())) {
      jars.removeIf(jar -> options.target.isForeignJar(String.valueOf(jar.getFileName())));
      jars.addAll(jars("builder/" + options.target.name()));
    }
    if (!options.nativeCrypto) {
      jars.removeIf(LibraryTrimmer::isNativeCrypto);
    }
    jars.sort(java.util.Comparator.comparing(jar -> String.valueOf(jar.getFileName())));
    return jars;
  }

  /** Where the libraries are that lie as files. */
  private Path natives() {
    return options.target.equals(Target.host())
        ? home.resolve("native")
        : home.resolve("builder").resolve(options.target.name()).resolve("native");
  }

  private List<Path> jars(String folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
      files.forEach(jars::add);
    }
    jars.sort(null);
    return jars;
  }

  private ImageReport build(
      ImageLayout image, CoreCatalog catalog, Trace trace, CoreClosure closure)
      throws IOException, DistException {
    step("choosing classes for " + closure.modules().size() + " core modules");
    List<Path> chosen = new ArrayList<>();
    List<Path> leftOut = new ArrayList<>();
    SortedSet<String> absent = new TreeSet<>();
    for (CoreBundle bundle : catalog.bundles().values()) {
      boolean in = closure.modules().contains(bundle.module());
      (in ? chosen : leftOut).add(bundle.jar());
      if (!in) {
        bundle.ids().forEach(id -> absent.add(id + "=" + bundle.module()));
      }
    }
    List<TrimmedJar> jars =
        new LibraryTrimmer(options.target, options.jit, options.intl, options.isSolid())
            .trim(libraries(), jars("jit"), chosen, leftOut);
    image.writeJars(jars);
    if (jars.stream().anyMatch(jar -> LibraryTrimmer.isNativeCrypto(jar.source()))) {
      image.writeNatives(natives());
    }
    image.writeLauncher(
        home,
        application().name(),
        application().folder().relativize(application().main()).toString(),
        absent,
        options.intl);
    List<String> javaModules = java(image, catalog, closure, jars);
    ApplicationFiles files = new ApplicationFiles(trace);
    for (Path file : files.list(Objects.requireNonNull(options.output))) {
      Path target = image.application().resolve(trace.root().relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(
          file,
          target,
          java.nio.file.LinkOption.NOFOLLOW_LINKS,
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Sbom.write(image.folder(), application(), time());
    if (options.signers != null) {
      image.writeSigners(pem(options.signers));
    }
    image.writeIdentity();
    FileTree.setTimes(image.folder(), time());
    if (options.cache) {
      train(image);
    }
    return report(trace, closure, moduleBytes(catalog, closure), sizes(image), javaModules);
  }

  /** Certificates as text; what else the file holds does not get into the image. */
  private static String pem(Path file) throws IOException, DistException {
    List<String> texts = new ArrayList<>();
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    try {
      for (Certificate certificate : SwapPolicy.read(file).signers()) {
        texts.add(
            "-----BEGIN CERTIFICATE-----\n"
                + lines.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n");
      }
    } catch (UncheckedIOException | CertificateEncodingException e) {
      throw new DistException(
          "--signers: " + file + " holds no certificates that can be read: " + e.getMessage());
    }
    // In an order of their own, as images of one content are the same.
    texts.sort(null);
    return String.join("", texts);
  }

  private void train(ImageLayout image) throws IOException, DistException {
    if (!options.target.equals(Target.host())) {
      notes.add(
          "no ahead-of-time cache: this machine cannot run an image for " + options.target.name());
      return;
    }
    step("training the ahead-of-time cache");
    String said = CacheTraining.run(image, application().name());
    if (!said.isEmpty()) {
      notes.add("no ahead-of-time cache: the application could not be run here: " + said);
    }
    FileTree.setTimes(image.folder(), time());
  }

  /** Links the runtime, or takes over the distribution's where there is no JDK. */
  private List<String> java(
      ImageLayout image, CoreCatalog catalog, CoreClosure closure, List<TrimmedJar> jars)
      throws IOException, DistException {
    Path own = home.resolve("java");
    Path jdk = JdkFinder.find(own);
    Path jmods = options.jdk == null ? null : JdkFinder.jmods(options.jdk, own, options.target);
    if (jdk == null && (jmods != null || !options.target.equals(Target.host()))) {
      throw new DistException(
          "no JDK "
              + JdkFinder.version(own)
              + " to run jlink of was found (JAVA_HOME, PATH, /usr/lib/jvm)");
    }
    if (jdk == null) {
      notes.add(
          "no JDK "
              + JdkFinder.version(own)
              + " was found (JAVA_HOME, PATH, /usr/lib/jvm): the image has the"
              + " distribution's whole Java runtime");
      FileTree.copy(own, image.java(), file -> true);
      return List.of();
    }
    SortedSet<String> modules = new TreeSet<>();
    List<Path> classPath = new ArrayList<>();
    for (TrimmedJar jar : jars) {
      if (!jar.modulePath()) {
        classPath.add(image.folder().resolve("lib").resolve(jar.name()));
      }
    }
    step("asking jdeps");
    modules.addAll(JavaModules.of(jdk, classPath, libraries()));
    for (String name : JavaModules.declared(classPath)) {
      if (name.startsWith("!")) {
        modules.remove(name.substring(1));
      } else {
        modules.add(name);
      }
    }
    if (options.jit) {
      modules.addAll(JavaModules.required(jars("jit")));
    } else {
      // The recorder's events are the compiler's; Netty looks whether it is there.
      modules.remove("jdk.jfr");
    }
    step("linking Java " + JdkFinder.version(own) + " of " + String.join(", ", modules));
    // Java's TLS may be wanted by a module that is added later, unless that is not to be.
    JavaRuntime.link(
        jdk,
        jmods,
        new JavaRuntime.Content(
            modules, !options.isSolid(), options.intl, !options.excluded.contains("tls")),
        image.java());
    if (!JavaRuntime.strip(image.java(), options.target)) {
      notes.add("libjvm.so keeps its symbols: there is no strip for " + options.target.name());
    }
    return List.copyOf(modules);
  }

  private static SortedMap<String, Long> moduleBytes(CoreCatalog catalog, CoreClosure closure)
      throws IOException {
    SortedMap<String, Long> bytes = new TreeMap<>();
    for (String module : closure.modules()) {
      bytes.put(module, Files.size(Objects.requireNonNull(catalog.bundles().get(module)).jar()));
    }
    return bytes;
  }

  /** Bytes by what people would call a part: a jar, a package, a library of the runtime. */
  private static SortedMap<String, Long> sizes(ImageLayout image) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (Path file : FileTree.entries(image.folder())) {
      if (Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        sizes.merge(
            partOf(image.folder().relativize(file).toString()), Files.size(file), Long::sum);
      }
    }
    return sizes;
  }

  private static String partOf(String path) {
    int modules = path.lastIndexOf("/node_modules/");
    if (modules >= 0) {
      String[] names = path.substring(modules + "/node_modules/".length()).split("/");
      String name =
          names[0].startsWith("@") && names.length > 1 ? names[0] + "/" + names[1] : names[0];
      return "app/node_modules/" + name;
    }
    if (path.startsWith("app/")) {
      return "app";
    }
    if (path.startsWith("java/")
        && !path.endsWith("libjvm.so")
        && !path.equals("java/lib/modules")) {
      return "java (other files)";
    }
    return path;
  }

  /** The moment that all files of an image carry. */
  private static Instant time() {
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    return epoch != null && epoch.matches("[0-9]{1,11}")
        ? Instant.ofEpochSecond(Long.parseLong(epoch))
        : Instant.parse("2026-01-01T00:00:00Z");
  }
}
