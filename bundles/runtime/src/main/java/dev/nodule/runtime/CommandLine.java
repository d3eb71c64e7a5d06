package dev.nodule.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line said.
 *
 * @param options every known option by its long name, e.g. {@code --eval}: Boolean, String, Double
 *     or List of String
 * @param execArgv the options as given, before the script
 * @param script the script to run, {@code -} for standard input, null for none
 * @param arguments what follows the script
 */
public record CommandLine(
    Map<String, Object> options,
    List<String> execArgv,
    @Nullable String script,
    List<String> arguments) {
  /** The value of an option; false if it is unknown. */
  public Object option(String name) {
    return options.getOrDefault(name, false);
  }
}
