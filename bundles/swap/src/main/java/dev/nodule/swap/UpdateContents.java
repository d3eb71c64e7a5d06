package dev.nodule.swap;

import dev.nodule.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an update says of itself: its entry {@link #ENTRY}.
 *
 * @param application the image's name
 * @param base all core modules that it is for, by name
 * @param bundles what it brings
 */
public record UpdateContents(
    String application, SortedMap<String, State> base, List<Bundle> bundles) {
  /** The entry of the update's jar that tells the rest. */
  public static final String ENTRY = "nodule-update.json";

  private static final int FORMAT = 1;

  /**
   * One version of a module.
   *
   * @param content the bundle's {@link ContentDigest}
   */
  public record State(String version, String content) {}

  /**
   * A bundle that an update brings.
   *
   * @param file the entry that holds it
   */
  public record Bundle(String module, String file, State state) {}

  /** Its bytes in an update. */
  public byte[] write() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("application", application);
    Map<String, @Nullable Object> states = new LinkedHashMap<>();
    base.forEach((module, state) -> states.put(module, json(state)));
    json.put("base", states);
    List<Object> list = new ArrayList<>();
    for (Bundle bundle : bundles) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("module", bundle.module);
      entry.put("file", bundle.file);
      entry.putAll(json(bundle.state));
      list.add(entry);
    }
    json.put("bundles", list);
    return (Json.write(json, "  ") + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> json(State state) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", state.version);
    json.put("content", state.content);
    return json;
  }

  /**
   * Reads them.
   *
   * @throws IOException if they are of a format that this version does not know
   */
  static UpdateContents parse(byte[] bytes) throws IOException {
    Map<String, @Nullable Object> json = Json.object(Json.parse(bytes));
    if (!(json.get("format") instanceof Number format) || format.intValue() != FORMAT) {
      throw new IOException(
          "its format is " + json.get("format") + ", this version reads " + FORMAT);
    }
    SortedMap<String, State> base = new TreeMap<>();
    Json.object(json.get("base"))
        .forEach((module, state) -> base.put(module, state(Json.object(state))));
    List<Bundle> bundles = new ArrayList<>();
    if (json.get("bundles") instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, @Nullable Object> fields = Json.object(entry);
        bundles.add(
            new Bundle(
                Json.string(fields.get("module")), Json.string(fields.get("file")), state(fields)));
      }
    }
    return new UpdateContents(Json.string(json.get("application")), base, bundles);
  }

  private static State state(Map<String, @Nullable Object> fields) {
    return new State(Json.string(fields.get("version")), Json.string(fields.get("content")));
  }
}
