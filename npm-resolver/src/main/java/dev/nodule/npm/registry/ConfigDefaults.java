package dev.nodule.npm.registry;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings that these commands know, with npm's values for them where nobody sets any. */
public final class ConfigDefaults {
  private static final Map<String, String> VALUES = new TreeMap<>();

  static {
    String text =
        """
        all=false audit-level=null before=null bin-links=true ca=null cafile=null call= cpu=null color=true
        dangerously-allow-all-scripts=false depth=null diff-dst-prefix=b/ diff-ignore-all-space=false diff-name-only=false
        diff-no-prefix=false diff-src-prefix=a/ diff-text=false diff-unified=3 dry-run=false engine-strict=false
        expect-result-count=null expect-results=null fetch-retries=2 fetch-retry-mintimeout=1000 fetch-timeout=300000 force=false
        foreground-scripts=false global=false https-proxy=null if-present=false ignore-scripts=false include-workspace-root=false
        init-author-email= init-author-name= init-author-url= init-license=ISC init-private=false init-type=commonjs
        init-version=1.0.0 install-strategy=hoisted json=false legacy-peer-deps=false libc=null link=false location=user
        lockfile-version=null loglevel=notice long=false min-release-age=null noproxy= offline=false
        omit-lockfile-registry-resolved=false os=null pack-destination=. package-lock=true package-lock-only=false parseable=false
        prefer-dedupe=false prefer-offline=false progress=true proxy=null replace-registry-host=npmjs save=true save-dev=false
        save-exact=false save-optional=false save-peer=false save-prefix=^ save-prod=false sbom-format=null sbom-type=library
        script-shell=null searchexclude= searchlimit=20 strict-allow-scripts=false strict-peer-deps=false tag=latest
        unicode=true userconfig=~/.npmrc which=null workspaces=null yes=null
        """;
    for (String pair : text.strip().split("\\s+")) {
      int eq = pair.indexOf('=');
      VALUES.put(pair.substring(0, eq), pair.substring(eq + 1));
    }
  }

  private ConfigDefaults() {}

  public static @Nullable String of(String key) {
    return VALUES.get(key);
  }

  public static Map<String, String> all() {
    return VALUES;
  }

  /** A setting's text as the value that it stands for. */
  public static @Nullable Object value(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> text.matches("\\d{1,15}") ? (Object) Long.valueOf(text) : text;
    };
  }
}
