package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.nodes.JavaScriptNode;
import com.oracle.truffle.js.nodes.access.JSReadFrameSlotNode;
import com.oracle.truffle.js.nodes.access.LocalVarIncNode;
import com.oracle.truffle.js.nodes.access.PropertyNode;
import com.oracle.truffle.js.nodes.access.TemporalDeadZoneCheckNode;
import com.oracle.truffle.js.nodes.binary.JSAddConstantLeftNumberNode;
import com.oracle.truffle.js.nodes.binary.JSAddConstantRightNumberNode;
import com.oracle.truffle.js.nodes.binary.JSBinaryNode;
import com.oracle.truffle.js.nodes.control.TryFinallyNode;
import com.oracle.truffle.js.nodes.function.FunctionRootNode;
import com.oracle.truffle.js.nodes.function.JSBuiltinNode;
import com.oracle.truffle.js.runtime.GraalJSException.JSStackTraceElement;
import com.oracle.truffle.js.runtime.JSErrorType;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What V8 says about an error that the engine throws; programs, their tests and those who read logs
 * know these texts. The engine's own text, the built-in function and the source around are all
 * there is to tell it from: where V8 names a value that they do not show, the engine's text stays.
 */
final class ErrorMessages {
  private static final String STACK_OVERFLOW = "Maximum call stack size exceeded";
  private static final Pattern READ =
      Pattern.compile("Cannot read property '(.*)' of (undefined|null)", Pattern.DOTALL);
  private static final Pattern NOT_A =
      Pattern.compile("(.*) is not (a function|iterable|a constructor)", Pattern.DOTALL);
  private static final Pattern NOT_DEFINED = Pattern.compile("(.*) is not defined");
  private static final Pattern READ_ONLY =
      Pattern.compile("Cannot assign to read only property '(.*?)' of (.*)", Pattern.DOTALL);
  private static final Pattern OPERAND = Pattern.compile("(.*) is not an Object", Pattern.DOTALL);

  /** An identifier, or properties of one. */
  private static final Pattern CHAIN = Pattern.compile("[\\p{L}_$][\\w$]*(?:\\.[\\w$]+)*");

  private static final Pattern CALLED =
      Pattern.compile("(" + CHAIN.pattern() + ")\\s*\\((?:[^()]|\\([^()]*\\))*\\)", Pattern.DOTALL);
  private static final Pattern CONSTRUCTED =
      Pattern.compile("new\\s+(" + CHAIN.pattern() + ")(?:\\s*\\(.*)?", Pattern.DOTALL);
  private static final Pattern IN = Pattern.compile("(['\"])([^'\"\\\\]*)\\1\\s+in\\s.*");
  private static final Pattern OBJECT_PATTERN =
      Pattern.compile("\\{.*\\}\\s*=\\s*([^=].*)", Pattern.DOTALL);
  private static final Pattern ARRAY_PATTERN =
      Pattern.compile("\\[.*\\]\\s*=\\s*([^=].*)", Pattern.DOTALL);
  private static final Pattern FOR_OF =
      Pattern.compile(
          "for\\s*(?:await\\s*)?\\(.*?\\sof\\s+(" + CHAIN.pattern() + ")\\s*\\).*", Pattern.DOTALL);

  private static final Map<String, String> TEXTS = new HashMap<>();
  private static final List<Map.Entry<Pattern, String>> PATTERNS = new ArrayList<>();

  static {
    text(
        "dynamic evaluation of code is disabled.",
        "Code generation from strings disallowed for this context");
    text("time value is not a finite number", "Invalid time value");
    text(
        "toFixed() fraction digits need to be in range 0-100",
        "toFixed() digits argument must be between 0 and 100");
    text(
        "toString() expects radix in range 2-36",
        "toString() radix argument must be between 2 and 36");
    text(
        "toString() radix argument must be between 2 and 36.",
        "toString() radix argument must be between 2 and 36");
    text(
        "Right-hand-side of instanceof is not an object",
        "Right-hand side of 'instanceof' is not an object");
    text(
        "Right-hand-side of instanceof is not callable",
        "Right-hand side of 'instanceof' is not callable");
    text("Cannot resolve promise from this type", "PromiseResolve called on non-object");
    text(
        "cannot create promise: executor not callable",
        "Promise resolver undefined is not a function");
    text(
        "Constructor Promise requires 'new'",
        "Promise constructor cannot be invoked without 'new'");
    text("not a Date object", "this is not a Date object.");
    text("cannot construct a Symbol", "Symbol is not a constructor");
    text(
        "Regular expression passed to matchAll() is missing 'g' flag.",
        "String.prototype.matchAll called with a non-global RegExp argument");
    text(
        "Only global regexps allowed",
        "String.prototype.replaceAll called with a non-global RegExp argument");
    text("illegal escape sequence", "URI malformed");
    text(
        "handler expected to be an object",
        "Cannot create proxy with a non-object as target or handler");
    text(
        "target expected to be an object",
        "Cannot create proxy with a non-object as target or handler");
    text("super() called twice", "Super constructor may only be called once");
    text("Not an ArrayBuffer", "First argument to DataView constructor must be an ArrayBuffer");
    text("index + elementSize > viewLength", "Offset is outside the bounds of the DataView");
    text("out of bounds", "offset is out of bounds");
    text("Cannot execute on non-typed array.", "[object Array] is not an integer typed array.");
    text("generator is already executing", "Generator is already running");
    text(
        "Cannot redefine a property of an object with external array elements",
        "Cannot freeze array buffer views with elements");
    text("BigInt exponent must not be negative", "Exponent must be positive");
    text(
        "Cannot construct a new Iterator as it is an abstract class.",
        "Abstract class Iterator not directly constructable");
    text("setPrototype failed", "#<Object> is not extensible");
    text(
        "Invalid property. A property cannot both have accessors and be writable or have a value",
        "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute");
    text(
        "Cannot mix BigInt and other types, use explicit conversions.",
        "Cannot mix BigInt and other types, use explicit conversions");
    pattern(
        "Cannot set property '(.*)' of (undefined|null)",
        "Cannot set properties of $2 (setting '$1')");
    pattern(
        "Cannot delete property \".*\" of (?:undefined|null)",
        "Cannot convert undefined or null to object");
    pattern(
        "Cannot convert undefined or null to object: .*",
        "Cannot convert undefined or null to object");
    pattern("\"(.*)\" is not a configurable property", "Cannot delete property '$1' of #<Object>");
    pattern(
        "Cannot add new property \"(.*)\" to non-extensible .*",
        "Cannot add property $1, object is not extensible");
    pattern(
        "Cannot set property (.*) of \\[object (.*)\\] which has only a getter",
        "Cannot set property $1 of #<$2> which has only a getter");
    pattern("(Cannot (?:read|write) private member .*)\\.", "$1");
    pattern("(Cannot convert .* to a BigInt)\\.", "$1");
    pattern("Not a symbol: (.*)", "$1 is not a symbol");
    pattern("buffer\\.byteLength of (.*)", "byte length of $1");
    pattern("Iterator result (.*) is not an object", "Iterator value $1 is not an entry object");
  }

  private ErrorMessages() {}

  private static void text(String engine, String v8) {
    TEXTS.put(engine, v8);
  }

  private static void pattern(String engine, String v8) {
    PATTERNS.add(Map.entry(Pattern.compile(engine, Pattern.DOTALL), v8));
  }

  /** Gives an error that no program has seen yet its object, with V8's message. */
  @TruffleBoundary
  static void inV8Words(JSException exception) {
    String message = exception.getRawMessage();
    if (exception.getErrorObjectLazy() != null
        || message == null
        || message.startsWith(STACK_OVERFLOW)) {
      return;
    }
    exception.setErrorObject(
        JSError.createFromJSException(
            exception, exception.getRealm(), translate(exception, message)));
  }

  private static String translate(JSException exception, String message) {
    if (exception.getErrorType() == JSErrorType.SyntaxError) {
      return exception.getCause() instanceof ParserException error
          ? SyntaxMessages.of(error, error.isIncompleteSource())
          : message;
    }
    String text = TEXTS.get(message);
    if (text != null) {
      return text;
    }
    Node place = exception.getLocation();
    String builtin = builtin(exception);
    Matcher matcher;
    if ((matcher = READ.matcher(message)).matches()) {
      return unreadable(matcher.group(1), matcher.group(2), place);
    }
    if ((matcher = NOT_A.matcher(message)).matches()) {
      return notA(matcher.group(1), matcher.group(2), builtin, source(place));
    }
    if (exception.getErrorType() == JSErrorType.ReferenceError
        && (matcher = NOT_DEFINED.matcher(message)).matches()) {
      return isTemporalDeadZone(place)
          ? "Cannot access '" + matcher.group(1) + "' before initialization"
          : message;
    }
    if ((matcher = READ_ONLY.matcher(message)).matches()) {
      return "Cannot assign to read only property '"
          + matcher.group(1)
          + "' of "
          + owner(matcher.group(2));
    }
    if ((matcher = OPERAND.matcher(message)).matches()) {
      Matcher in = IN.matcher(source(place));
      return in.matches()
          ? "Cannot use 'in' operator to search for '" + in.group(2) + "' in " + matcher.group(1)
          : message;
    }
    if (message.startsWith("Cannot convert a BigInt value to a number")) {
      return isBinaryOperand(place)
          ? "Cannot mix BigInt and other types, use explicit conversions"
          : "Cannot convert a BigInt value to a number";
    }
    if (builtin != null) {
      if (message.endsWith(" expected")
          && builtin.startsWith(message.replace(" expected", ".prototype."))) {
        return "Method " + builtin + " called on incompatible receiver " + receiver(exception);
      }
      if (message.equals("called on non-object")) {
        return builtin + " called on non-object";
      }
      if (builtin.startsWith("String.prototype.")
          && message.startsWith("Cannot convert undefined or null to object")) {
        return builtin + " called on null or undefined";
      }
      if (message.endsWith(" is not a Number") || message.endsWith(" is not a Boolean")) {
        return builtin + " requires that 'this' be a" + message.substring(message.lastIndexOf(' '));
      }
      if (message.equals("index is negative") && builtin.equals("ArrayBuffer")) {
        return "Array buffer allocation failed";
      }
    }
    for (Map.Entry<Pattern, String> entry : PATTERNS) {
      Matcher known = entry.getKey().matcher(message);
      if (known.matches()) {
        return known.replaceFirst(entry.getValue());
      }
    }
    return message;
  }

  private static String unreadable(String key, String value, @Nullable Node place) {
    if (key.equals("Symbol(Symbol.iterator)")) {
      return notIterable(value, value, source(place));
    }
    String destructured = destructured(place, value);
    return destructured == null
        ? "Cannot read properties of " + value + " (reading '" + key + "')"
        : "Cannot destructure property '"
            + key
            + "' of '"
            + destructured
            + "' as it is "
            + value
            + ".";
  }

  /**
   * What is taken apart where a property of a pattern is read, as V8 writes it, or null where no
   * pattern is, or one within another.
   */
  private static @Nullable String destructured(@Nullable Node place, String value) {
    Node node = place;
    while (node != null && !(node instanceof PropertyNode)) {
      node = node.getParent();
    }
    if (node == null || node.getSourceSection() != null) {
      return null;
    }
    String pattern = null;
    for (node = node.getParent(); node != null; node = node.getParent()) {
      SourceSection section = node.getSourceSection();
      if (node instanceof TryFinallyNode && section != null && section.isAvailable()) {
        String text = section.getCharacters().toString();
        if (!text.startsWith("{") || pattern != null) {
          return null;
        }
        pattern = text;
      }
    }
    if (pattern == null) {
      return null;
    }
    Matcher assignment = OBJECT_PATTERN.matcher(pattern);
    if (assignment.matches()) {
      return assignment.group(1).strip();
    }
    return value.equals("null") ? "object null" : value;
  }

  private static String notIterable(String value, String described, String source) {
    Matcher loop = FOR_OF.matcher(source);
    Matcher pattern = ARRAY_PATTERN.matcher(source);
    String expression =
        source.startsWith("...")
            ? source.substring(3)
            : loop.matches() ? loop.group(1) : pattern.matches() ? pattern.group(1) : source;
    if (CHAIN.matcher(expression.strip()).matches()) {
      return expression.strip() + " is not iterable";
    }
    return described + " is not iterable (cannot read property Symbol(Symbol.iterator))";
  }

  private static String notA(String subject, String what, @Nullable String builtin, String source) {
    if (what.equals("iterable")) {
      return builtin == null
          ? notIterable(subject, described(subject), source)
          : described(subject) + " is not iterable (cannot read property Symbol(Symbol.iterator))";
    }
    if (what.equals("a function")) {
      if (builtin != null) {
        return described(subject) + " is not a function";
      }
      Matcher called = CALLED.matcher(source);
      if (subject.startsWith("<this>")) {
        subject = "this" + subject.substring("<this>".length());
      } else if (subject.startsWith("(intermediate value)(...)") && called.lookingAt()) {
        subject = called.group(1) + subject.substring("(intermediate value)".length());
      } else if (subject.startsWith("(intermediate value).") && called.matches()) {
        subject = called.group(1);
      }
    } else {
      Matcher constructed = CONSTRUCTED.matcher(source);
      if (constructed.matches()) {
        subject = constructed.group(1);
      } else if (subject.startsWith("function ") || subject.contains("=>")) {
        subject = "(intermediate value)";
      }
    }
    return subject + " is not " + what;
  }

  private static boolean isBinaryOperand(@Nullable Node place) {
    for (Node node = place; node != null; node = node.getParent()) {
      if (node instanceof JSBinaryNode
          || node instanceof JSAddConstantRightNumberNode
          || node instanceof JSAddConstantLeftNumberNode) {
        return true;
      }
      if (node instanceof JavaScriptNode && node.getSourceSection() != null) {
        return false;
      }
    }
    return false;
  }

  /** How V8 names a value that is handed to one of its functions. */
  private static String described(String value) {
    if (value.equals("undefined")) {
      return value;
    }
    if (value.equals("null")) {
      return "object null";
    }
    if (value.equals("true") || value.equals("false")) {
      return "boolean " + value;
    }
    if (value.matches("-?(?:\\d.*|Infinity)|NaN")) {
      return "number " + value;
    }
    if (value.startsWith("{") || value.startsWith("[") || value.startsWith("(")) {
      return "object";
    }
    return value.startsWith("Symbol(") ? "symbol" : "string \"" + value + '"';
  }

  private static String receiver(JSException exception) {
    Object receiver = exception.getJSStackTrace()[0].getThis();
    return receiver instanceof JSObject object
        ? "#<" + JSRuntime.getConstructorName(object).toJavaStringUncached() + ">"
        : JSRuntime.safeToString(receiver).toJavaStringUncached();
  }

  private static String owner(String shown) {
    if (shown.startsWith("[object ") && shown.endsWith("]")) {
      return "object '" + shown + "'";
    }
    if (shown.startsWith("function") || shown.startsWith("class") || shown.contains("=>")) {
      return "function '" + shown + "'";
    }
    if (shown.startsWith("{") || shown.startsWith("global{")) {
      return "object '#<Object>'";
    }
    if (shown.startsWith("[") || shown.startsWith("(")) {
      return "object '[object Array]'";
    }
    return "string '" + shown + "'";
  }

  private static boolean isTemporalDeadZone(@Nullable Node place) {
    return place instanceof JSReadFrameSlotNode
        || place instanceof LocalVarIncNode
        || place instanceof TemporalDeadZoneCheckNode;
  }

  /** The full name of the built-in function that threw, if one did. */
  private static @Nullable String builtin(JSException exception) {
    Node place = exception.getLocation();
    if (place == null) {
      JSStackTraceElement[] stack = exception.getJSStackTrace();
      return stack.length > 0
              && stack[0].getFunction() instanceof JSFunctionObject function
              && JSFunction.getCallTarget(function) instanceof RootCallTarget target
              && target.getRootNode() instanceof FunctionRootNode root
          ? builtinAround(root.getBody())
          : null;
    }
    return builtinAround(place);
  }

  private static @Nullable String builtinAround(Node place) {
    for (Node node = place; node != null; node = node.getParent()) {
      if (node instanceof JSBuiltinNode builtin) {
        return builtin.getBuiltin().getFullName().toJavaStringUncached();
      }
    }
    return null;
  }

  private static String source(@Nullable Node place) {
    SourceSection section = place == null ? null : place.getEncapsulatingSourceSection();
    return section == null || !section.isAvailable() || section.getCharLength() > 1000
        ? ""
        : section.getCharacters().toString();
  }
}
