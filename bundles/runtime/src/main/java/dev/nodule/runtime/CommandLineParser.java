package dev.nodule.runtime;

import dev.nodule.runtime.NodeOptions.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Node.js's command line: options, then the script, then the script's own arguments. */
public final class CommandLineParser {
  /** What may follow them follows an equals sign. */
  private static final Set<String> INSPECTS =
      Set.of("--inspect", "--inspect-brk", "--inspect-wait");

  private final Map<String, Object> options = new HashMap<>(NodeOptions.DEFAULTS);
  private final List<String> execArgv = new ArrayList<>();

  /**
   * @throws BadOptionException for what Node.js answers with exit code 9
   */
  public CommandLine parse(List<String> arguments, @Nullable String nodeOptions) {
    for (Map.Entry<String, Object> entry : options.entrySet()) {
      if (entry.getValue() instanceof List<?>) {
        entry.setValue(new ArrayList<String>());
      }
    }
    if (nodeOptions != null && !nodeOptions.isEmpty()) {
      List<String> words = NodeOptions.split(nodeOptions);
      int end = parseOptions(words, true);
      if (end < words.size()) {
        throw new BadOptionException(words.get(end) + " is not allowed in NODE_OPTIONS");
      }
    }
    execArgv.clear();
    int index = parseOptions(arguments, false);
    refuseBoth("--tls-min-v1.3", "--tls-max-v1.2");
    refuseBoth("--use-openssl-ca", "--use-bundled-ca");
    String script = null;
    boolean hasEval = options.get("--eval") instanceof String;
    List<String> rest = arguments.subList(index, arguments.size());
    boolean interactive = Boolean.TRUE.equals(options.get("--interactive"));
    if (!rest.isEmpty() && rest.getFirst().equals("--")) {
      rest = rest.subList(1, rest.size());
    }
    if (!hasEval && !interactive && !rest.isEmpty()) {
      script = rest.getFirst();
      rest = rest.subList(1, rest.size());
    }
    return new CommandLine(options, List.copyOf(execArgv), script, List.copyOf(rest));
  }

  private void refuseBoth(String one, String other) {
    if (Boolean.TRUE.equals(options.get(one)) && Boolean.TRUE.equals(options.get(other))) {
      throw new BadOptionException("either " + one + " or " + other + " can be used, not both");
    }
  }

  /** Reads options and returns the index of the first word that is none. */
  private int parseOptions(List<String> words, boolean fromEnvironment) {
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i);
      if (word.equals("-") || word.equals("--") || !word.startsWith("-")) {
        return i;
      }
      i = parseOption(words, i, fromEnvironment);
    }
    return i;
  }

  private int parseOption(List<String> words, int index, boolean fromEnvironment) {
    String word = words.get(index);
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String given = equals < 0 ? word : word.substring(0, equals);
    String value = equals < 0 ? null : word.substring(equals + 1);
    String name =
        NodeOptions.ALIASES.getOrDefault(
            given.startsWith("--") ? given.replace('_', '-') : given,
            given.startsWith("--") ? given.replace('_', '-') : given);
    boolean printEval = name.equals("--print");
    Kind kind = NodeOptions.KINDS.get(name);
    boolean negated = false;
    if (kind == null && name.startsWith("--no-")) {
      kind = NodeOptions.KINDS.get("--" + name.substring("--no-".length()));
      negated = kind == Kind.BOOLEAN || kind == Kind.IGNORED;
      if (!negated) {
        kind = null;
      }
    }
    if (kind == null) {
      throw new BadOptionException(
          fromEnvironment ? word + " is not allowed in NODE_OPTIONS" : "bad option: " + word);
    }
    if (fromEnvironment && NodeOptions.COMMAND_LINE_ONLY.contains(name)) {
      throw new BadOptionException(word + " is not allowed in NODE_OPTIONS");
    }
    execArgv.add(word);
    int next = index + 1;
    switch (kind) {
      case BOOLEAN -> {
        if (value != null && name.equals("--permission-audit")) {
          // Node.js's own takes no value: with one it is that of packages.
          setValue("--package-permission-audit", Kind.STRING, value, word);
          return next;
        }
        if (value != null) {
          throw new BadOptionException(word + ": " + name + " does not take an argument");
        }
        setBoolean(name, negated);
        if (printEval && next < words.size() && !words.get(next).startsWith("-")) {
          options.put("--eval", words.get(next));
          execArgv.add(words.get(next));
          next++;
        }
      }
      case IGNORED -> {
        // With or without a value; nothing to remember.
      }
      default -> {
        if (value == null && !INSPECTS.contains(name)) {
          if (next >= words.size() || isOptionLike(words.get(next), name)) {
            throw new BadOptionException(given + " requires an argument");
          }
          value = words.get(next);
          execArgv.add(value);
          next++;
        }
        setValue(name, kind, value == null ? "" : value, word);
      }
    }
    return next;
  }

  private static boolean isOptionLike(String word, String option) {
    return word.startsWith("-") && word.length() > 1 && !option.equals("--title");
  }

  private void setBoolean(String name, boolean negated) {
    if (negated) {
      options.put("--" + name.substring("--no-".length()), false);
    } else {
      options.put(name, true);
      if (name.startsWith("--no-")) {
        options.put("--" + name.substring("--no-".length()), false);
      }
    }
  }

  private void setValue(String name, Kind kind, String value, String word) {
    if (kind == Kind.NUMBER) {
      try {
        options.put(name, Double.parseDouble(value));
      } catch (NumberFormatException e) {
        throw new BadOptionException(word + ": " + name + " must be a number");
      }
    } else if (kind == Kind.LIST) {
      @SuppressWarnings("unchecked")
      List<String> list =
          (List<String>) options.computeIfAbsent(name, key -> new ArrayList<String>());
      list.add(value);
    } else if (name.startsWith("--env-file")) {
      Object before = options.get(name);
      options.put(name, before instanceof String earlier ? earlier + "\n" + value : value);
    } else {
      checkChoice(name, value);
      if (name.startsWith("--inspect") && !name.equals("--inspect-publish-uid")) {
        checkInspectorPort(value);
      }
      options.put(name, value);
    }
  }

  /** {@code port}, {@code host}, {@code host:port} or {@code [address]:port}. */
  private static void checkInspectorPort(String value) {
    String port = value.substring(value.lastIndexOf(':') + 1);
    boolean digits = !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || value.endsWith("]")) {
      return;
    }
    boolean valid = port.length() <= 5;
    if (valid) {
      int number = Integer.parseInt(port);
      valid = number == 0 || number >= 1024 && number <= 65535;
    }
    if (!valid) {
      throw new BadOptionException("must be 0 or in range 1024 to 65535.");
    }
  }

  private static void checkChoice(String name, String value) {
    List<String> choices =
        switch (name) {
          case "--unhandled-rejections" ->
              List.of("strict", "warn", "none", "throw", "warn-with-error-code");
          case "--input-type" ->
              List.of("commonjs", "module", "commonjs-typescript", "module-typescript");
          case "--dns-result-order" -> List.of("ipv4first", "ipv6first", "verbatim");
          default -> List.of();
        };
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw new BadOptionException(
          switch (name) {
            case "--unhandled-rejections" -> "invalid value for " + name;
            case "--input-type" ->
                name
                    + " must be \"module\",\"commonjs\", \"module-typescript\" or \"commonjs-typescript\"";
            default -> name + " must be one of " + String.join(", ", choices);
          });
    }
  }
}
