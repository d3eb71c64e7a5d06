package dev.nodule.builder.update;

import dev.nodule.builder.DistException;
import dev.nodule.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code nodule dist --diff OLD NEW} and {@code nodule dist --update OLD NEW}. */
public final class UpdateCommand {
  private static final String DIFF = "--diff";
  private static final String UPDATE = "--update";
  private static final Set<String> TAKES_VALUE =
      Set.of("--out", "--key", "--key-alias", "--key-password-file");
  private static final Set<String> FLAGS = Set.of(DIFF, UPDATE, "--json", "--partial");

  private final PrintStream out;
  private final List<Path> images = new ArrayList<>();
  private final Map<String, String> values = new TreeMap<>();

  private UpdateCommand(PrintStream out) {
    this.out = out;
  }

  /** Whether a command line is one of these. */
  public static boolean isMeant(List<String> arguments) {
    return arguments.contains(DIFF) || arguments.contains(UPDATE);
  }

  /**
   * Does it.
   *
   * @throws DistException if it cannot be done
   */
  public static void run(List<String> arguments, PrintStream out)
      throws IOException, DistException {
    UpdateCommand command = new UpdateCommand(out);
    command.parse(arguments);
    command.run();
  }

  private void parse(List<String> arguments) throws DistException {
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!argument.startsWith("--")) {
        images.add(Path.of(argument).toAbsolutePath().normalize());
      } else if (TAKES_VALUE.contains(name)) {
        if (equals < 0 && !rest.hasNext()) {
          throw DistException.usage(name + " needs a value");
        }
        values.put(name, equals < 0 ? rest.next() : argument.substring(equals + 1));
      } else if (FLAGS.contains(argument)) {
        values.put(argument, "");
      } else {
        throw DistException.usage("unknown option " + argument);
      }
    }
    if (values.containsKey(DIFF) && values.containsKey(UPDATE)) {
      throw DistException.usage("--diff or --update, not both");
    }
    if (images.size() != 2) {
      throw DistException.usage("two images are needed: OLD and NEW");
    }
    if (values.containsKey(UPDATE)) {
      for (String name : List.of("--out", "--key")) {
        if (!values.containsKey(name)) {
          throw DistException.usage(name + " is missing");
        }
      }
    } else {
      for (String name : values.keySet()) {
        if (!name.equals(DIFF) && !name.equals("--json")) {
          throw DistException.usage(name + " is for --update");
        }
      }
    }
  }

  private void run() throws IOException, DistException {
    Path output = values.containsKey(UPDATE) ? path("--out") : null;
    if (output != null) {
      refuseOutput(output);
    }
    ImageDiff diff =
        ImageDiff.of(ImageContent.read(images.get(0)), ImageContent.read(images.get(1)));
    if (!diff.from().application().equals(diff.to().application())) {
      throw new DistException(
          "these are images of different applications: "
              + diff.from().application()
              + " and "
              + diff.to().application());
    }
    if (output != null) {
      refuse(diff);
      Path key = path("--key");
      if (!Files.isRegularFile(key)) {
        throw new DistException("--key: " + key + " is no file");
      }
      UpdateWriter.write(
          diff,
          SigningKey.read(
              key,
              values.get("--key-alias"),
              values.containsKey("--key-password-file") ? path("--key-password-file") : null),
          output);
    }
    if (values.containsKey("--json")) {
      Map<String, @Nullable Object> json = DiffReport.json(diff);
      if (output != null) {
        json.put("file", output.toString());
        json.put("fileBytes", Files.size(output));
      }
      out.println(Json.write(json, ""));
    } else {
      DiffReport.print(diff, out);
    }
  }

  private Path path(String option) {
    return Path.of(String.valueOf(values.get(option))).toAbsolutePath().normalize();
  }

  private static void refuseOutput(Path output) throws DistException {
    Path parent = output.getParent();
    if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new DistException("--out: " + parent + " is no folder that can be written to");
    }
    if (Files.exists(output)) {
      throw new DistException("--out: " + output + " is there already");
    }
  }

  private void refuse(ImageDiff diff) throws DistException {
    if (diff.carried().isEmpty()) {
      throw new DistException(
          diff.isEmpty()
              ? "there is no difference between the two images"
              : "there is nothing that an update can carry: nodule dist --diff tells what differs");
    }
    if (!diff.isWhole() && !values.containsKey("--partial")) {
      String first =
          diff.files().isEmpty() ? "another core module" : diff.files().getFirst().path();
      throw new DistException(
          "an update cannot carry all of the difference ("
              + first
              + ", nodule dist --diff tells the rest); --partial writes what it can");
    }
  }
}
