package dev.nodule.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of Node.js that Nodule knows, and how they are written (Node.js documentation:
 * Command-line API).
 */
public final class NodeOptions {
  /** What an option takes. */
  enum Kind {
    BOOLEAN,
    STRING,
    NUMBER,
    LIST,
    /** Accepted for compatibility, without effect: V8's own, mostly. */
    IGNORED
  }

  static final Map<String, Kind> KINDS = new HashMap<>();
  static final Map<String, String> ALIASES = new HashMap<>();
  static final Map<String, Object> DEFAULTS = new HashMap<>();

  /** Options that NODE_OPTIONS must not hold. */
  static final Set<String> COMMAND_LINE_ONLY =
      Set.of(
          "--eval",
          "--print",
          "--check",
          "--version",
          "--help",
          "--interactive",
          "--v8-options",
          "--test",
          "--run",
          "--expose-internals",
          "--prof-process");

  static {
    add(
        Kind.BOOLEAN,
        "--check",
        "--print",
        "--interactive",
        "--version",
        "--help",
        "--v8-options",
        "--preserve-symlinks",
        "--preserve-symlinks-main",
        "--no-warnings",
        "--warnings",
        "--trace-warnings",
        "--trace-deprecation",
        "--throw-deprecation",
        "--no-deprecation",
        "--deprecation",
        "--pending-deprecation",
        "--trace-uncaught",
        "--trace-exit",
        "--trace-sigint",
        "--trace-sync-io",
        "--enable-source-maps",
        "--expose-internals",
        "--expose-gc",
        "--insecure-http-parser",
        "--no-experimental-require-module",
        "--experimental-require-module",
        "--experimental-detect-module",
        "--no-experimental-detect-module",
        "--allow-java",
        "--allow-module-control",
        "--no-module-state",
        "--admin",
        "--metrics-jmx",
        "--trace-java",
        "--permission",
        "--permission-audit",
        "--watch",
        "--frozen-intrinsics",
        "--abort-on-uncaught-exception",
        "--verify-base-objects",
        "--experimental-strip-types",
        "--no-experimental-strip-types",
        "--node-snapshot",
        "--no-node-snapshot",
        "--force-context-aware",
        "--no-addons",
        "--addons",
        "--no-global-search-paths",
        "--global-search-paths",
        "--no-network-family-autoselection",
        "--network-family-autoselection",
        "--experimental-eventsource",
        "--experimental-websocket",
        "--no-experimental-websocket",
        "--experimental-webstorage",
        "--no-experimental-webstorage",
        "--experimental-fetch",
        "--no-experimental-fetch",
        "--experimental-global-navigator",
        "--no-experimental-global-navigator",
        "--experimental-vm-modules",
        "--experimental-import-meta-resolve",
        "--test",
        "--test-only",
        "--experimental-sqlite",
        "--no-experimental-sqlite",
        "--no-verify-base-objects",
        "--force-fips",
        "--enable-fips",
        "--experimental-async-context-frame",
        "--no-async-context-frame",
        "--async-context-frame",
        "--experimental-print-required-tla",
        "--experimental-repl-await",
        "--no-experimental-repl-await",
        "--disable-sigusr1",
        "--experimental-worker-inspection",
        "--trace-event-enabled",
        "--experimental-wasm-modules",
        "--no-experimental-global-customevent",
        "--experimental-worker",
        "--experimental-shadow-realm",
        "--disallow-code-generation-from-strings",
        "--node-memory-debug",
        "--tls-min-v1.0",
        "--tls-min-v1.1",
        "--tls-min-v1.2",
        "--tls-min-v1.3",
        "--tls-max-v1.2",
        "--tls-max-v1.3",
        "--experimental-transform-types",
        "--entry-url",
        "--experimental-default-config-file",
        "--experimental-inspector-network-resource",
        "--experimental-quic",
        "--no-experimental-quic",
        "--experimental-network-inspection",
        "--experimental-test-coverage",
        "--experimental-test-module-mocks",
        "--test-force-exit",
        "--test-update-snapshots",
        "--test-coverage-include-all",
        "--test-udp-no-try-send",
        "--watch-preserve-output",
        "--trace-env",
        "--trace-tls",
        "--track-heap-objects",
        "--build-snapshot",
        "--use-env-proxy",
        "--use-system-ca",
        "--use-bundled-ca",
        "--use-openssl-ca",
        "--openssl-legacy-provider",
        "--openssl-shared-config",
        "--report-on-fatalerror",
        "--report-on-signal",
        "--report-uncaught-exception",
        "--report-compact",
        "--allow-fs-read-all",
        "--allow-child-process",
        "--allow-worker",
        "--allow-addons",
        "--allow-wasi",
        "--allow-net",
        "--allow-inspector",
        "--harmony-shadow-realm",
        "--experimental-addon-modules",
        "--experimental-eventsource",
        "--experimental-storage-inspection",
        "--no-experimental-global-webcrypto",
        "--prof",
        "--cpu-prof",
        "--heap-prof",
        "--experimental-stream-iter",
        "--require-module",
        "--no-require-module",
        "--detect-module",
        "--no-detect-module",
        "--strip-types",
        "--no-strip-types");
    add(
        Kind.STRING,
        "--eval",
        "--input-type",
        "--unhandled-rejections",
        "--title",
        "--env-file",
        "--env-file-if-exists",
        "--install",
        "--metrics",
        "--module-dir",
        "--module-state",
        "--module-signers",
        "--package-permission-audit",
        "--dns-result-order",
        "--icu-data-dir",
        "--redirect-warnings",
        "--trace-event-categories",
        "--trace-require-module",
        "--localstorage-file",
        "--experimental-default-type",
        "--diagnostic-dir",
        "--report-dir",
        "--report-directory",
        "--report-filename",
        "--report-signal",
        "--heapsnapshot-signal",
        "--openssl-config",
        "--tls-cipher-list",
        "--tls-keylog",
        "--test-isolation",
        "--test-shard",
        "--test-global-setup",
        "--test-rerun-failures",
        "--cpu-prof-dir",
        "--cpu-prof-name",
        "--heap-prof-dir",
        "--heap-prof-name",
        "--inspect",
        "--inspect-brk",
        "--inspect-port",
        "--inspect-publish-uid",
        "--disable-proto",
        "--run",
        "--es-module-specifier-resolution",
        "--trace-event-file-pattern",
        "--experimental-config-file",
        "--inspect-wait",
        "--node-snapshot-main",
        "--snapshot-blob",
        "--build-sea",
        "--experimental-sea-config",
        "--watch-kill-signal",
        "--trace-sync");
    add(
        Kind.NUMBER,
        "--stack-trace-limit",
        "--max-http-header-size",
        "--v8-pool-size",
        "--network-family-autoselection-attempt-timeout",
        "--secure-heap",
        "--secure-heap-min",
        "--heapsnapshot-near-heap-limit",
        "--cpu-prof-interval",
        "--heap-prof-interval",
        "--test-timeout",
        "--test-concurrency",
        "--test-coverage-branches",
        "--test-coverage-functions",
        "--test-coverage-lines",
        "--module-wait");
    add(
        Kind.LIST,
        "--require",
        "--import",
        "--conditions",
        "--experimental-loader",
        "--disable-warning",
        "--allow-fs-read",
        "--allow-fs-write",
        "--watch-path",
        "--test-reporter",
        "--test-reporter-destination",
        "--test-name-pattern",
        "--test-skip-pattern",
        "--test-coverage-include",
        "--test-coverage-exclude",
        "--security-revert");
    add(
        Kind.IGNORED,
        "--max-old-space-size",
        "--max-semi-space-size",
        "--stack-size",
        "--harmony",
        "--harmony-temporal",
        "--js-source-phase-imports",
        "--debug-arraybuffer-allocations",
        "--allow-natives-syntax",
        "--interpreted-frames-native-stack",
        "--jitless",
        "--perf-basic-prof",
        "--perf-prof",
        "--no-opt",
        "--single-threaded",
        "--expose-gc-as",
        "--gc-interval",
        "--trace-gc",
        "--trace-opt",
        "--trace-deopt",
        "--stress-compaction",
        "--no-concurrent-array-buffer-sweeping",
        "--huge-max-old-generation-size",
        "--random-seed",
        "--no-liftoff",
        "--no-wasm-tier-up",
        "--wasm-lazy-validation",
        "--enable-etw-stack-walking",
        "--gc-global",
        "--predictable",
        "--predictable-gc-schedule",
        "--hash-seed",
        "--no-turbo",
        "--turbo-fast-api-calls");
    alias("-e", "--eval");
    alias("-p", "--print");
    alias("-pe", "--print");
    alias("-c", "--check");
    alias("-r", "--require");
    alias("-i", "--interactive");
    alias("-v", "--version");
    alias("-h", "--help");
    alias("-C", "--conditions");
    alias("--experimental-test-isolation", "--test-isolation");
    alias("--loader", "--experimental-loader");
    alias("--debug-port", "--inspect-port");
    alias("--inspect-brk-node", "--inspect-brk");
    alias("--prof-process", "--prof");
    DEFAULTS.put("--warnings", true);
    DEFAULTS.put("--deprecation", true);
    DEFAULTS.put("--network-family-autoselection", true);
    DEFAULTS.put("--network-family-autoselection-attempt-timeout", 500.0);
    DEFAULTS.put("--max-http-header-size", 16384.0);
    DEFAULTS.put("--unhandled-rejections", "");
    DEFAULTS.put("--input-type", "");
    DEFAULTS.put("--dns-result-order", "");
    DEFAULTS.put("--disable-proto", "");
    DEFAULTS.put("--title", "");
    DEFAULTS.put("--experimental-require-module", true);
    DEFAULTS.put("--experimental-detect-module", true);
    DEFAULTS.put("--global-search-paths", true);
    DEFAULTS.put("--async-context-frame", true);
    DEFAULTS.put("--addons", true);
    DEFAULTS.put("--experimental-repl-await", true);
    DEFAULTS.put("--experimental-websocket", true);
    DEFAULTS.put("--experimental-strip-types", true);
    DEFAULTS.put("--strip-types", true);
    DEFAULTS.put("--experimental-global-navigator", true);
    DEFAULTS.put("--use-env-proxy", "1".equals(System.getenv("NODE_USE_ENV_PROXY")));
    for (Map.Entry<String, Kind> entry : KINDS.entrySet()) {
      if (entry.getValue() == Kind.LIST) {
        DEFAULTS.put(entry.getKey(), new ArrayList<String>());
      }
    }
  }

  private NodeOptions() {}

  private static void add(Kind kind, String... names) {
    for (String name : names) {
      KINDS.putIfAbsent(name, kind);
    }
  }

  private static void alias(String name, String option) {
    ALIASES.put(name, option);
  }

  static Set<String> names() {
    Set<String> names = new HashSet<>(KINDS.keySet());
    names.addAll(ALIASES.keySet());
    return names;
  }

  /**
   * The value that a negated boolean stands for: {@code --no-warnings} is {@code --warnings} false.
   */
  static List<String> split(String nodeOptions) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    for (int i = 0; i < nodeOptions.length(); i++) {
      char c = nodeOptions.charAt(i);
      if (c == '\\' && quoted && i + 1 < nodeOptions.length()) {
        word.append(nodeOptions.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        started = true;
      } else if (c == ' ' && !quoted) {
        if (started || !word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
        started = false;
      } else {
        word.append(c);
      }
    }
    if (quoted) {
      throw new BadOptionException("invalid value for NODE_OPTIONS (unterminated string)");
    }
    if (started || !word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  static String[] sortedNames() {
    String[] names = names().toArray(String[]::new);
    Arrays.sort(names);
    return names;
  }
}
