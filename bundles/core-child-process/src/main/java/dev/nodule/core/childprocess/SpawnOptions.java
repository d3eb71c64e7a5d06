package dev.nodule.core.childprocess;

import dev.nodule.api.JavaScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new process shall be.
 *
 * @param file a path, or a name to be found by PATH
 * @param arguments with the program's own name first
 * @param environment as NAME=value
 * @param directory the working directory
 * @param inheritsDirectory whether {@code directory} is where this process stands, which may have
 *     been removed since
 * @param stdio for each descriptor of the child: {@link #IGNORE}, {@link #PIPE} or a descriptor of
 *     this process
 * @param user -1 for this process's own
 * @param group -1 for this process's own
 */
record SpawnOptions(
    String file,
    List<String> arguments,
    List<String> environment,
    Path directory,
    boolean inheritsDirectory,
    int[] stdio,
    boolean detached,
    int user,
    int group) {
  static final int IGNORE = -1;
  static final int PIPE = -2;

  /** From the object that the module's JavaScript makes. */
  static SpawnOptions of(
      JavaScript javaScript, Object object, Path directory, boolean inheritsDirectory) {
    List<Object> stdio = list(javaScript, javaScript.get(object, "descriptors"));
    return new SpawnOptions(
        javaScript.get(object, "file").toString(),
        strings(javaScript, javaScript.get(object, "args")),
        strings(javaScript, javaScript.get(object, "envPairs")),
        directory,
        inheritsDirectory,
        stdio.stream().mapToInt(value -> ((Number) value).intValue()).toArray(),
        Boolean.TRUE.equals(javaScript.get(object, "detached")),
        number(javaScript.get(object, "uid")),
        number(javaScript.get(object, "gid")));
  }

  private static int number(Object value) {
    return value instanceof Number number ? number.intValue() : -1;
  }

  static List<Object> list(JavaScript javaScript, Object array) {
    List<Object> result = new ArrayList<>();
    int length = ((Number) javaScript.get(array, "length")).intValue();
    for (int i = 0; i < length; i++) {
      result.add(javaScript.get(array, Integer.toString(i)));
    }
    return result;
  }

  private static List<String> strings(JavaScript javaScript, Object array) {
    return list(javaScript, array).stream().map(Object::toString).toList();
  }
}
