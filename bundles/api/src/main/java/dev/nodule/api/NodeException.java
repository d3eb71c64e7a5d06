package dev.nodule.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error that JavaScript sees as Node.js would make it. */
public class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The class of the JavaScript error. */
  public enum Kind {
    ERROR,
    TYPE_ERROR,
    RANGE_ERROR,
    SYNTAX_ERROR
  }

  private final Kind kind;
  private final transient Map<String, @Nullable Object> properties = new LinkedHashMap<>();

  public NodeException(Kind kind, @Nullable String code, String message) {
    super(message, null, false, false);
    this.kind = kind;
    if (code != null) {
      properties.put("code", code);
    }
  }

  public NodeException(String code, String message) {
    this(Kind.ERROR, code, message);
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Own properties of the error besides {@code message}, in the order in which they are defined.
   */
  public Map<String, @Nullable Object> properties() {
    return properties;
  }

  public NodeException with(String name, @Nullable Object value) {
    properties.put(name, value);
    return this;
  }
}
