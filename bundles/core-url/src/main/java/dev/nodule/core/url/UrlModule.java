package dev.nodule.core.url;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The module {@code url}. */
public final class UrlModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("parse", 3, UrlModule::parse)
        .function("canParse", 2, arguments -> record(arguments) != null)
        .function("change", 4, UrlModule::change)
        .function("domainToASCII", 1, arguments -> domain(arguments.string(0), false))
        .function("domainToUnicode", 1, arguments -> domain(arguments.string(0), true))
        .function(
            "toASCII",
            1,
            arguments -> {
              String ascii = DomainName.toAscii(arguments.string(0));
              return ascii == null ? "" : ascii;
            });
  }

  /** (input, base, offsets): the href, and the offsets in an Int32Array; undefined is failure. */
  private static @Nullable String parse(Arguments arguments) {
    return give(record(arguments), arguments.bytes(2));
  }

  private static @Nullable UrlRecord record(Arguments arguments) {
    String baseText = arguments.stringOrNull(1);
    UrlRecord base = null;
    if (baseText != null) {
      base = UrlParser.parse(baseText, null);
      if (base == null) {
        return null;
      }
    }
    return UrlParser.parse(arguments.string(0), base);
  }

  /** (href, part, value, offsets). */
  private static @Nullable String change(Arguments arguments) {
    UrlRecord url = UrlParser.parse(arguments.string(0), null);
    if (url == null) {
      return null;
    }
    UrlSetter.of(arguments.int32(1)).apply(url, arguments.string(2));
    return give(url, arguments.bytes(3));
  }

  private static @Nullable String give(@Nullable UrlRecord url, Bytes offsets) {
    if (url == null) {
      return null;
    }
    String href = url.href();
    offsets.buffer().order(ByteOrder.nativeOrder()).asIntBuffer().put(url.offsets);
    return href;
  }

  /** The host of {@code ws://name}; the empty string for what is none. */
  private static String domain(String name, boolean unicode) {
    UrlRecord url = UrlParser.parse("ws://" + name, null);
    if (url == null || url.host == null) {
      return "";
    }
    return unicode ? DomainName.toUnicode(url.host) : url.host;
  }
}
