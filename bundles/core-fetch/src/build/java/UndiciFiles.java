import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes files of this bundle out of undici's, when the bundle is built: {@code java
 * UndiciFiles.java UNDICI TARGET}. What is changed is how a file finds others, and how objects keep
 * what is private.
 *
 * <p>The engine gives each evaluation of a class private names of its own, so that no later
 * revision of a class could serve the instances of an earlier one. Here {@code #state} of a class
 * {@code Response} becomes the symbol {@code undici.Response.state}, which all revisions have: a
 * private one that no reflection shows for fields, one of the prototype for methods.
 */
public final class UndiciFiles {
  private static final String ROOT = "internal/deps/undici/";

  /** The classes whose instances the application holds, and what these hold of undici's. */
  private static final Map<String, List<String>> SHARED =
      Map.of(
          "lib/web/fetch/formdata", List.of("FormData"),
          "lib/web/fetch/headers", List.of("Headers", "HeadersList"),
          "lib/web/fetch/request", List.of("Request"),
          "lib/web/fetch/response", List.of("Response"),
          "lib/web/websocket/websocket", List.of("WebSocket"),
          "lib/web/websocket/events", List.of("CloseEvent", "ErrorEvent"),
          "lib/web/eventsource/eventsource", List.of("EventSource"));

  /** What begins a file that needs something else than this runtime's globals. */
  private static final Map<String, String> PROLOGUES =
      Map.of(
          "lib/dispatcher/client-h1",
          "const { Buffer, WebAssembly } = require('internal/fetch/parser').scope();");

  /** What ends a file where undici meets this runtime. */
  private static final Map<String, String> EPILOGUES =
      Map.of(
          "lib/web/websocket/events",
              "require('internal/fetch/message_event').share(module.exports);",
          "lib/global", "require('internal/fetch/agent').remember(getGlobalDispatcher());");

  private static final Pattern CLASS = Pattern.compile("^(?:.*= )?\\s*class (\\w+)");
  private static final Pattern DECLARATION =
      Pattern.compile("^(\\s+(?:static |async |get |set |\\*\\s*)*)#(\\w+)(\\s*)(\\(|=|;|$)");
  private static final Pattern ACCESS = Pattern.compile("(\\?)?\\.#(\\w+)");
  private static final Pattern TEST = Pattern.compile("\\(#(\\w+) in ");
  private static final Pattern REQUIRE = Pattern.compile("require\\((['\"])([^'\"]+)\\1\\)");

  private final Path source;
  private final String id;
  private final Map<String, Map<String, String>> names = new HashMap<>();
  private final Map<String, String> declarations = new LinkedHashMap<>();

  private UndiciFiles(Path source, String id) {
    this.source = source;
    this.id = id;
  }

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = source.relativize(file).toString();
        Path made = target.resolve(path);
        Files.createDirectories(made.getParent());
        String text = Files.readString(file);
        Files.writeString(
            made,
            path.endsWith(".js")
                ? new UndiciFiles(source, path.substring(0, path.length() - 3)).rewrite(text)
                : text);
      }
    }
  }

  private String rewrite(String text) {
    List<String> lines = text.lines().toList();
    declare(lines);
    StringBuilder body = new StringBuilder();
    String owner = "";
    for (String line : lines) {
      owner = ownerIn(line, owner);
      body.append(isComment(line) ? line : rewriteLine(line, owner)).append('\n');
    }
    // One line, so that the others keep their numbers.
    StringBuilder head = new StringBuilder("'use strict';");
    if (!declarations.isEmpty()) {
      head.append(" const { privateSymbol, stateSymbol } = require('internal/symbols'); const ")
          .append(
              declarations.entrySet().stream()
                  .map(declaration -> declaration.getKey() + " = " + declaration.getValue())
                  .collect(Collectors.joining(", ")))
          .append(';');
    }
    String prologue = PROLOGUES.get(id);
    if (prologue != null) {
      head.append(' ').append(prologue);
    }
    head.append(' ').append(body);
    List<String> shared = SHARED.get(id);
    if (shared != null) {
      head.append("module.sharedClasses = { ").append(String.join(", ", shared)).append(" };\n");
    }
    String epilogue = EPILOGUES.get(id);
    if (epilogue != null) {
      head.append(epilogue).append('\n');
    }
    return head.toString();
  }

  private static boolean isComment(String line) {
    String text = line.strip();
    return text.startsWith("//") || text.startsWith("*") || text.startsWith("/*");
  }

  private static String ownerIn(String line, String before) {
    Matcher matcher = CLASS.matcher(line);
    return !isComment(line) && matcher.find() ? matcher.group(1) : before;
  }

  private void declare(List<String> lines) {
    String owner = "";
    for (String line : lines) {
      owner = ownerIn(line, owner);
      Matcher matcher = DECLARATION.matcher(line);
      if (matcher.find()) {
        String name = matcher.group(2);
        String variable = "$" + owner + "_" + name;
        String make = matcher.group(4).equals("(") ? "stateSymbol" : "privateSymbol";
        if (names.computeIfAbsent(owner, key -> new HashMap<>()).put(name, variable) == null) {
          declarations.put(variable, make + "('undici." + owner + "." + name + "')");
        }
      }
    }
  }

  private String rewriteLine(String line, String owner) {
    // A line that begins with a bracket would go on with the one before it, which has no semicolon.
    String text =
        replace(
            DECLARATION,
            line,
            found ->
                ";%s[%s]%s%s"
                    .formatted(
                        found.group(1),
                        name(owner, found.group(2)),
                        found.group(3),
                        found.group(4)));
    text =
        replace(
            ACCESS,
            text,
            found -> (found.group(1) == null ? "[" : "?.[") + name(owner, found.group(2)) + "]");
    text = replace(TEST, text, found -> "(" + name(owner, found.group(1)) + " in ");
    return replace(REQUIRE, text, found -> required(found.group(2)));
  }

  private static String replace(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
  }

  private String name(String owner, String name) {
    String variable = names.getOrDefault(owner, Map.of()).get(name);
    if (variable == null) {
      throw new IllegalStateException(id + ": class " + owner + " declares no #" + name);
    }
    return variable;
  }

  private String required(String request) {
    if (!request.startsWith(".")) {
      // Sessions of HTTP/2 are not offered to fetch; what asks for the module copes without.
      return request.equals("node:http2") ? "undefined.http2" : "require('" + request + "')";
    }
    String path =
        Path.of(id).resolveSibling(request).normalize().toString().replaceFirst("\\.js$", "");
    if (path.endsWith("-wasm")) {
      return "null"; // internal/fetch/parser takes the place of the parser in WebAssembly
    }
    boolean isFolder = !Files.exists(source.resolve(path + ".js"));
    return "require('" + ROOT + path + (isFolder ? "/index" : "") + "')";
  }
}
