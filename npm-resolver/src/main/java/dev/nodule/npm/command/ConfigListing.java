package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.registry.ConfigDefaults;
import dev.nodule.npm.registry.NpmConfig;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings by where they come from, the weakest source first, as {@code npm config list} has
 * them.
 */
final class ConfigListing {
  private final Invocation call;
  private final StringBuilder text = new StringBuilder();

  private ConfigListing(Invocation call) {
    this.call = call;
  }

  static String of(Invocation call) {
    var listing = new ConfigListing(call);
    var config = call.config();
    boolean complete = config.flag("long");
    if (complete) {
      listing.section("; \"default\" values", ConfigDefaults.all(), null);
    }
    for (var level : config.levels().reversed()) {
      listing.section(
          "; \"" + level.name() + "\" config from " + level.source(), level.values(), level);
    }
    if (!complete) {
      listing.footer();
    }
    return listing.text.toString();
  }

  private void section(String head, Map<String, String> values, NpmConfig.@Nullable Level level) {
    if (values.isEmpty()) {
      return;
    }
    text.append(head).append("\n\n");
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              String shown =
                  key + " = " + (NpmConfig.isSecret(key) ? "(protected)" : written(value));
              var stronger = call.config().strongest(key);
              text.append(
                  stronger == null || stronger == level
                      ? shown
                      : "; " + shown + " ; overridden by " + stronger.name());
              text.append('\n');
            });
    text.append('\n');
  }

  private static String written(String value) {
    return Json.write(ConfigDefaults.value(value), "");
  }

  private void footer() {
    line("node bin location", System.getProperty("nodule.home", "") + "/bin/node");
    line("node version", "v" + Session.nodeVersion());
    line("npm local prefix", call.project().toString());
    line("npm version", Session.NPM_VERSION);
    line("cwd", call.cwd().toString());
    line("HOME", call.env().getOrDefault("HOME", System.getProperty("user.home")));
    text.append("; Run `nodule config ls -l` to show all defaults.\n");
  }

  private void line(String key, String value) {
    text.append("; ").append(key).append(" = ").append(value).append('\n');
  }
}
