package dev.nodule.builder;

import dev.nodule.builder.trim.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The command line of {@code nodule dist}. */
final class DistOptions {
  /** What is written. */
  enum Format {
    DIR,
    TAR,
    DEB,
    OCI
  }

  Path application = Path.of("");
  @Nullable Path output;
  Format format = Format.DIR;
  final Set<String> modules = new TreeSet<>();
  final Set<String> excluded = new TreeSet<>();
  final List<String> included = new ArrayList<>();
  boolean jit = true;
  boolean intl = true;
  boolean cache = true;
  boolean nativeCrypto = true;
  boolean json;
  @Nullable Path html;
  @Nullable String trace;
  @Nullable String explain;
  @Nullable String name;
  @Nullable String main;
  @Nullable Path jdk;
  @Nullable Path signers;
  Target target = Target.host();

  static final String USAGE =
      """
      Usage: nodule dist --app DIR --out FILE [options]

        --app DIR            the application: a folder with a package.json or an index.js
        --out FILE           what to write; the format follows from its name:
                             a folder, .tar.gz, .tgz, .tar.xz, .deb, .oci (an image layout)
        --format FORMAT      dir, tar, deb or oci, whatever the name is
        --main FILE          the file to start, if package.json does not name it
        --name NAME          the name of the launcher and package, if not package.json's
        --modules LIST       core modules that the image has besides those that are found
        --exclude LIST       core modules that the image must not have
        --include FILE       a file that is loaded by a computed name (may be repeated)
        --trace "COMMAND"    run this, and add what it loads
        --target TARGET      linux-x64 or linux-arm64 (default: this machine)
        --jdk DIR            a JDK with jmods to link Java from; for another machine one of it
        --no-jit             without the JIT compiler
        --no-intl            without the data of Intl
        --no-native-crypto   without the native library of crypto and tls: slower, 4 MB less
        --no-cache           without an ahead-of-time cache
        --signers FILE       certificates (PEM) of those whose updates and bundles the image takes
        --explain MODULE     say why a core module or file is in the image, and write nothing
        --json               the report as JSON
        --html FILE          the report as a page with a map of the image

      nodule dist --diff OLD NEW [--json]
                             what differs between two images, and what of it an update carries
      nodule dist --update OLD NEW --out FILE --key KEYSTORE [--partial] [--json]
                             writes the changed bundles as one signed file, for nodule update;
                             the password of KEYSTORE (PKCS #12) is in NODULE_KEY_PASSWORD, or
                             in the file of --key-password-file; --key-alias names the key
      """;

  private DistOptions() {}

  static DistOptions parse(List<String> arguments) throws DistException {
    DistOptions options = new DistOptions();
    String format = null;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--no-jit" -> options.jit = false;
        case "--no-intl" -> options.intl = false;
        case "--no-cache" -> options.cache = false;
        case "--no-native-crypto" -> options.nativeCrypto = false;
        case "--json" -> options.json = true;
        default -> {
          if (!TAKES_VALUE.contains(name)) {
            throw DistException.usage("unknown option " + argument);
          }
          if (equals < 0 && !rest.hasNext()) {
            throw DistException.usage(name + " needs a value");
          }
          String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
          if (value.isBlank()) {
            throw DistException.usage(name + " needs a value");
          }
          if (name.equals("--format")) {
            format = value;
          } else {
            options.set(name, value);
          }
        }
      }
    }
    if (options.explain == null && options.output == null) {
      throw DistException.usage("--out is missing");
    }
    options.format = formatOf(format, options.output);
    return options;
  }

  private static final Set<String> TAKES_VALUE =
      Set.of(
          "--app",
          "--out",
          "--format",
          "--main",
          "--name",
          "--modules",
          "--exclude",
          "--include",
          "--trace",
          "--target",
          "--jdk",
          "--signers",
          "--explain",
          "--html");

  private void set(String name, String value) throws DistException {
    switch (name) {
      case "--app" -> application = Path.of(value);
      case "--out" -> output = Path.of(value).toAbsolutePath().normalize();
      case "--main" -> main = value;
      case "--name" -> this.name = value;
      case "--modules" -> modules.addAll(list(value));
      case "--exclude" -> excluded.addAll(list(value));
      case "--include" -> included.add(value);
      case "--trace" -> trace = value;
      case "--jdk" -> jdk = Path.of(value).toAbsolutePath().normalize();
      case "--target" -> target = Target.of(value);
      case "--signers" -> signers = Path.of(value).toAbsolutePath().normalize();
      case "--explain" -> explain = value;
      case "--html" -> html = Path.of(value).toAbsolutePath().normalize();
      default -> throw new AssertionError(name);
    }
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .map(id -> id.startsWith("node:") ? id.substring("node:".length()) : id)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private static Format formatOf(@Nullable String format, @Nullable Path output)
      throws DistException {
    if (format != null) {
      return switch (format) {
        case "dir" -> Format.DIR;
        case "tar" -> Format.TAR;
        case "deb" -> Format.DEB;
        case "oci" -> Format.OCI;
        default -> throw DistException.usage("--format: dir, tar, deb or oci, not " + format);
      };
    }
    String name = output == null ? "" : String.valueOf(output.getFileName());
    if (name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar.xz")) {
      return Format.TAR;
    }
    if (name.endsWith(".deb")) {
      return Format.DEB;
    }
    return name.endsWith(".oci") ? Format.OCI : Format.DIR;
  }

  /** Whether the output is compressed as a whole, better than its parts could be. */
  boolean isSolid() {
    return format == Format.TAR && String.valueOf(output).endsWith(".tar.xz");
  }
}
