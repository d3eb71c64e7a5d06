package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.registry.Registry;
import dev.nodule.npm.registry.VersionPicker;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry, the choice of versions and the store, as the configuration of one command makes
 * them.
 */
public final class Session implements AutoCloseable {
  public static final String NPM_VERSION = "11.19.1";

  public final Registry registry;
  public final VersionPicker picker;
  public final PackageStore store;
  public final RegistrySource source;

  public Session(NpmConfig config, Map<String, String> env) {
    picker =
        new VersionPicker(
            config.get("node-version", nodeVersion()),
            NPM_VERSION,
            before(config),
            config.get("tag", "latest"));
    registry = new Registry(config, env);
    store = new PackageStore(config.cacheFolder(), registry);
    source = new RegistrySource(registry, picker, store, env);
  }

  public static String nodeVersion() {
    return System.getProperty("nodule.node.version", "26.10.0");
  }

  private static @Nullable Long before(NpmConfig config) {
    String text = config.get("before");
    String age = config.get("min-release-age");
    try {
      if (text != null && !text.isEmpty() && !text.equals("null")) {
        return text.length() <= 10
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
            : Instant.parse(text).toEpochMilli();
      }
      if (age != null && !age.equals("null") && !age.equals("0")) {
        return System.currentTimeMillis() - (long) (Double.parseDouble(age) * 86_400_000);
      }
      return null;
    } catch (DateTimeException | NumberFormatException e) {
      throw new NpmException(
          "EINVALIDCONFIG", "Not a date: " + (text != null ? text : age) + " (use YYYY-MM-DD)");
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
