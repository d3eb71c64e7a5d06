'use strict';

// util.inspect: prints any value as Node.js prints it. Text is in internal/inspect/text, line breaking in internal/inspect/layout, stacks
// of errors in internal/inspect/errors, `format` in internal/inspect/format.

const { details } = require('internal/runtime');
const types = require('internal/util/types');
const { quote, escape, getStringWidth, stripVTControlCharacters, isZeroWidthCodePoint } =
  require('internal/inspect/text');
const { joinEntries, kObjectEntries, kArrayElements, kArrayLikeEntries } = require('internal/inspect/layout');

const { hasOwn, getPrototypeOf, getOwnPropertyDescriptor } = Object;
const { call } = Function.prototype;
const uncurry = (fn) => call.bind(fn);
const functionToString = uncurry(Function.prototype.toString);
const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
const symbolToString = uncurry(Symbol.prototype.toString);
const regExpToString = uncurry(RegExp.prototype.toString);
const dateToString = uncurry(Date.prototype.toString);
const dateToISOString = uncurry(Date.prototype.toISOString);
const dateGetTime = uncurry(Date.prototype.getTime);
const setSize = uncurry(getOwnPropertyDescriptor(Set.prototype, 'size').get);
const mapSize = uncurry(getOwnPropertyDescriptor(Map.prototype, 'size').get);
const setValues = uncurry(Set.prototype.values);
const mapEntries = uncurry(Map.prototype.entries);
const typedArrayTag = uncurry(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);
const typedArrayLength = uncurry(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), 'length').get);
const arrayBufferLength = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get);

// Constructors that the language itself has; a class of these names hides no properties.
const builtInObjects = new Set(('Object Function Array Number Boolean String Symbol Date Promise RegExp Error ' +
  'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer Uint8Array Int8Array ' +
  'Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray ' +
  'BigUint64Array BigInt64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy Reflect ' +
  'FinalizationRegistry Intl JSON Math NaN Infinity Temporal ' +
  'DisposableStack AsyncDisposableStack SuppressedError').split(' '));

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const arrayIndex = /^(0|[1-9][0-9]*)$/;

const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

function stylizeNoColor(text) {
  return text;
}

function stylizeWithColor(text, styleType) {
  const style = inspect.styles[styleType];
  if (style === undefined) return text;
  if (typeof style === 'function') return style(text);
  const color = inspect.colors[style];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

function newContext() {
  return {
    budget: {},
    indentationLvl: 0,
    seen: [],
    currentDepth: 0,
    stylize: stylizeNoColor,
    circular: undefined,
    userOptions: undefined,
    showHidden: defaultOptions.showHidden,
    depth: defaultOptions.depth,
    colors: defaultOptions.colors,
    customInspect: defaultOptions.customInspect,
    showProxy: defaultOptions.showProxy,
    maxArrayLength: defaultOptions.maxArrayLength,
    maxStringLength: defaultOptions.maxStringLength,
    breakLength: defaultOptions.breakLength,
    compact: defaultOptions.compact,
    sorted: defaultOptions.sorted,
    getters: defaultOptions.getters,
    numericSeparator: defaultOptions.numericSeparator,
  };
}

function inspect(value, opts) {
  const ctx = newContext();
  if (arguments.length > 1) {
    // The form of old: inspect(value, showHidden, depth, colors).
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) ctx.colors = arguments[3];
    }
    if (typeof opts === 'boolean') {
      ctx.showHidden = opts;
    } else if (opts) {
      for (const key of Object.keys(opts)) {
        if (hasOwn(defaultOptions, key) || key === 'stylize') ctx[key] = opts[key];
        else ctx.userOptions ??= opts;
      }
    }
  }
  if (ctx.colors) ctx.stylize = stylizeWithColor;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}
inspect.custom = customInspectSymbol;

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() { return defaultOptions; },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    return Object.assign(defaultOptions, options);
  },
});

const foreground = 39;
const background = 49;
inspect.colors = {
  __proto__: null,
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27],
  hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
};
const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const capital = (name) => name[0].toUpperCase() + name.slice(1);
hues.forEach((hue, i) => { inspect.colors[hue] = [30 + i, foreground]; });
hues.forEach((hue, i) => { inspect.colors[`bg${capital(hue)}`] = [40 + i, background]; });
inspect.colors.framed = [51, 54];
inspect.colors.overlined = [53, 55];
['gray', ...hues.slice(1).map((hue) => `${hue}Bright`)].forEach((name, i) => { inspect.colors[name] = [90 + i, foreground]; });
['bgGray', ...hues.slice(1).map((hue) => `bg${capital(hue)}Bright`)].forEach((name, i) => {
  inspect.colors[name] = [100 + i, background];
});
for (const [alias, target] of [
  ['grey', 'gray'], ['blackBright', 'gray'], ['bgGrey', 'bgGray'], ['bgBlackBright', 'bgGray'], ['faint', 'dim'],
  ['crossedout', 'strikethrough'], ['strikeThrough', 'strikethrough'], ['crossedOut', 'strikethrough'],
  ['conceal', 'hidden'], ['swapColors', 'inverse'], ['swapcolors', 'inverse'], ['doubleUnderline', 'doubleunderline'],
]) {
  Object.defineProperty(inspect.colors, alias, {
    __proto__: null,
    get() { return this[target]; },
    set(value) { this[target] = value; },
    configurable: true,
    enumerable: false,
  });
}

function highlightRegExp(text) {
  return require('internal/inspect/regexp').highlight(text, highlightRegExp.colors, inspect.colors);
}
highlightRegExp.colors = ['green', 'red', 'yellow', 'cyan', 'magenta'];

inspect.styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  // A name has no style.
  regexp: highlightRegExp,
  module: 'underline',
};
// Applications write to it; what they write has to arrive here.
require('internal/runtime').keepOffFace(inspect.styles);

// What a custom inspect function gets as options. Objects of another realm (or behind a proxy) get none of this realm's.
function customOptions(ctx, isCrossContext) {
  const options = { stylize: ctx.stylize };
  for (const key of Object.keys(defaultOptions)) options[key] = ctx[key];
  Object.assign(options, ctx.userOptions);
  if (isCrossContext) {
    Object.setPrototypeOf(options, null);
    for (const key of Object.keys(options)) {
      if (options[key] !== null && (typeof options[key] === 'object' || typeof options[key] === 'function')) {
        delete options[key];
      }
    }
    options.stylize = Object.setPrototypeOf((value, flavour) => {
      let text;
      try {
        text = `${ctx.stylize(value, flavour)}`;
      } catch { /* the value stays as it is */ }
      return typeof text === 'string' ? text : value;
    }, null);
  }
  return options;
}

function formatValue(ctx, value, recurseTimes, typedArray) {
  if (typeof value !== 'object' && typeof value !== 'function' && (typeof value !== 'undefined' || value === undefined)) {
    return formatPrimitive(ctx.stylize, value, ctx);
  }
  if (value === null) return ctx.stylize('null', 'null');

  const context = value;
  let proxies = 0;
  if (types.isProxy(value)) {
    proxies = 1;
    const proxy = details.getProxyDetails(value);
    if (proxy === undefined || proxy === null || proxy[0] === null) return ctx.stylize('<Revoked Proxy>', 'special');
    if (ctx.showProxy) return formatProxy(ctx, proxy, recurseTimes);
    value = proxy[0];
    while (types.isProxy(value)) {
      const inner = details.getProxyDetails(value);
      if (inner === undefined || inner === null || inner[0] === null) {
        return ctx.stylize('<Revoked Proxy>', 'special');
      }
      value = inner[0];
      proxies++;
    }
  }

  if (ctx.customInspect) {
    const custom = value[customInspectSymbol];
    if (typeof custom === 'function' && custom !== inspect && !isPrototypeOfItsConstructor(value)) {
      const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
      const isCrossContext = proxies > 0 || !(context instanceof Object);
      const result = Reflect.apply(custom, context, [depth, customOptions(ctx, isCrossContext), inspect]);
      // Returning itself means: print as if there were no custom function.
      if (result !== context) {
        if (typeof result === 'object') return formatValue(ctx, result, recurseTimes);
        return `${result}`.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
      }
    }
  }

  if (ctx.seen.includes(value)) {
    let index = 1;
    if (ctx.circular === undefined) {
      ctx.circular = new Map([[value, index]]);
    } else {
      index = ctx.circular.get(value);
      if (index === undefined) {
        index = ctx.circular.size + 1;
        ctx.circular.set(value, index);
      }
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  const text = formatObject(ctx, value, recurseTimes, typedArray);
  if (proxies === 0) return text;
  return ctx.stylize('Proxy(', 'special').repeat(proxies) + text + ctx.stylize(')', 'special').repeat(proxies);
}

// `Foo.prototype` itself inherits the custom function but has nothing for it to print.
function isPrototypeOfItsConstructor(value) {
  const { constructor } = value;
  return constructor !== undefined && constructor !== null && constructor.prototype === value;
}

function inheritsFrom(object, constructor) {
  try {
    return object instanceof constructor;
  } catch {
    return false;
  }
}

// The name of the class, or null for an object without prototype. With `protoProperties`, properties of user classes' prototypes
// are printed into it.
function getConstructorName(object, ctx, recurseTimes, protoProperties) {
  let firstPrototype;
  const original = object;
  while (object) {
    const descriptor = getOwnPropertyDescriptor(object, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' &&
        inheritsFrom(original, descriptor.value)) {
      if (protoProperties !== undefined &&
          (firstPrototype !== object || !builtInObjects.has(descriptor.value.name))) {
        addPrototypeProperties(ctx, original, firstPrototype || original, recurseTimes, protoProperties);
      }
      return String(descriptor.value.name);
    }
    object = getPrototypeOf(object);
    if (firstPrototype === undefined) firstPrototype = object;
  }
  if (firstPrototype === null) return null;

  const name = details.getConstructorName(original);
  if (recurseTimes > ctx.depth && ctx.depth !== null) return `${name} <Complex prototype>`;
  const parent = getConstructorName(firstPrototype, ctx, recurseTimes + 1, protoProperties);
  if (parent === null) {
    return `${name} <${inspect(firstPrototype, { ...userOptionsOf(ctx), customInspect: false, depth: -1 })}>`;
  }
  return `${name} <${parent}>`;
}

function userOptionsOf(ctx) {
  const options = {};
  for (const key of Object.keys(defaultOptions)) options[key] = ctx[key];
  return options;
}

// For showHidden: what getters and data the classes of up to three levels add.
function addPrototypeProperties(ctx, main, object, recurseTimes, output) {
  let depth = 0;
  let keys;
  const shown = new Set();
  do {
    if (depth !== 0 || main === object) {
      object = getPrototypeOf(object);
      if (object === null) break;
      const descriptor = getOwnPropertyDescriptor(object, 'constructor');
      if (descriptor !== undefined && typeof descriptor.value === 'function' &&
          builtInObjects.has(descriptor.value.name)) {
        break;
      }
    }
    if (depth !== 0) for (const key of keys) shown.add(key);
    keys = Reflect.ownKeys(object);
    ctx.seen.push(main);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn(main, key) || shown.has(key)) continue;
      const descriptor = getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      const text = formatProperty(ctx, object, recurseTimes, key, kObjectEntries, descriptor, main);
      output.push(ctx.colors ? `\u001b[2m${text}\u001b[22m` : text);
    }
    ctx.seen.pop();
  } while (++depth !== 3);
}

// `Foo(2) [Tag] `: what stands before the braces.
function getPrefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const tagText = tag !== '' && fallback !== tag ? `[${tag}] ` : '';
    return `[${fallback}${size}: null prototype] ${tagText}`;
  }
  if (tag.endsWith(`.${constructor}`)) return `${tag}${size} `;
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

function getKeys(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  let keys;
  if (showHidden) {
    keys = Object.getOwnPropertyNames(value);
    if (symbols.length !== 0) keys.push(...symbols);
    return keys;
  }
  try {
    keys = Object.keys(value);
  } catch {
    // A module whose exports are not initialized yet.
    keys = Object.getOwnPropertyNames(value);
  }
  for (const symbol of symbols) if (isEnumerable(value, symbol)) keys.push(symbol);
  return keys;
}

// The class that the engine made an object without prototype for.
function nativeName(value) {
  return details.getConstructorName(value) || 'Object';
}

function noEntries() {
  return [];
}

function getTag(ctx, value) {
  const tag = value[Symbol.toStringTag];
  // An own tag is printed as a property anyway.
  if (typeof tag !== 'string' ||
      (tag !== '' && (ctx.showHidden ? hasOwn(value, Symbol.toStringTag) : isEnumerable(value, Symbol.toStringTag)))) {
    return '';
  }
  return tag;
}

function formatObject(ctx, value, recurseTimes, typedArray) {
  let protoProperties;
  if (ctx.showHidden && (recurseTimes <= ctx.depth || ctx.depth === null)) protoProperties = [];
  const constructor = getConstructorName(value, ctx, recurseTimes, protoProperties);
  if (protoProperties !== undefined && protoProperties.length === 0) protoProperties = undefined;
  const tag = getTag(ctx, value);

  let keys;
  let base = '';
  let formatter = noEntries;
  let braces = ['{', '}'];
  let kind = kObjectEntries;
  let isIterable = false;
  // The keys besides those that the formatter prints; nothing more to print means a short form.
  const isPlain = () => keys.length === 0 && protoProperties === undefined;

  if (constructor === null || Symbol.iterator in value) {
    isIterable = true;
    if (Array.isArray(value)) {
      const prefix = constructor !== 'Array' || tag !== '' ? getPrefix(constructor, tag, 'Array', `(${value.length})`) : '';
      keys = details.getOwnNonIndexProperties(value, !ctx.showHidden);
      braces = [`${prefix}[`, ']'];
      if (value.length === 0 && isPlain()) return `${braces[0]}]`;
      kind = kArrayLikeEntries;
      formatter = formatArray;
    } else if (types.isSet(value)) {
      const size = setSize(value);
      const prefix = getPrefix(constructor, tag, 'Set', `(${size})`);
      keys = getKeys(value, ctx.showHidden);
      formatter = formatSet;
      if (size === 0 && isPlain()) return `${prefix}{}`;
      braces = [`${prefix}{`, '}'];
    } else if (types.isMap(value)) {
      const size = mapSize(value);
      const prefix = getPrefix(constructor, tag, 'Map', `(${size})`);
      keys = getKeys(value, ctx.showHidden);
      formatter = formatMap;
      if (size === 0 && isPlain()) return `${prefix}{}`;
      braces = [`${prefix}{`, '}'];
    } else if (types.isTypedArray(value)) {
      keys = details.getOwnNonIndexProperties(value, !ctx.showHidden);
      const size = typedArrayLength(value);
      const prefix = getPrefix(constructor, tag, constructor === null ? typedArrayTag(value) : '', `(${size})`);
      braces = [`${prefix}[`, ']'];
      if (size === 0 && keys.length === 0 && !ctx.showHidden) return `${braces[0]}]`;
      formatter = formatTypedArray;
      kind = kArrayLikeEntries;
    } else if (types.isMapIterator(value)) {
      keys = getKeys(value, ctx.showHidden);
      braces = iteratorBraces('Map', tag);
      formatter = formatIterator.bind(null, braces);
    } else if (types.isSetIterator(value)) {
      keys = getKeys(value, ctx.showHidden);
      braces = iteratorBraces('Set', tag);
      formatter = formatIterator.bind(null, braces);
    } else {
      isIterable = false;
    }
  }

  if (!isIterable) {
    keys = getKeys(value, ctx.showHidden);
    if (constructor === 'Object' && typeof value !== 'function' && !types.isExternal(value) &&
        !types.isModuleNamespaceObject(value) && !isExotic(value)) {
      if (types.isArgumentsObject(value)) braces[0] = '[Arguments] {';
      else if (tag !== '') braces[0] = `${getPrefix(constructor, tag, 'Object')}{`;
      if (isPlain()) return `${braces[0]}}`;
    } else if (typeof value === 'function') {
      base = functionBase(ctx, value, constructor, tag);
      if (isPlain()) return ctx.stylize(base, 'special');
    } else if (types.isArgumentsObject(value)) {
      braces[0] = constructor === 'Object' ? '[Arguments] {' : `${getPrefix(constructor, tag, 'Arguments')}{`;
      if (isPlain()) return `${braces[0]}}`;
    } else if (types.isRegExp(value)) {
      base = regExpToString(constructor !== null ? value : new RegExp(value));
      const prefix = getPrefix(constructor, tag, 'RegExp');
      if (prefix !== 'RegExp ') base = `${prefix}${base}`;
      if (isPlain() || (recurseTimes > ctx.depth && ctx.depth !== null)) return ctx.stylize(base, 'regexp');
    } else if (types.isDate(value)) {
      base = Number.isNaN(dateGetTime(value)) ? dateToString(value) : dateToISOString(value);
      const prefix = getPrefix(constructor, tag, 'Date');
      if (prefix !== 'Date ') base = `${prefix}${base}`;
      if (isPlain()) return ctx.stylize(base, 'date');
    } else if (types.isNativeError(value) || value instanceof Error) {
      base = require('internal/inspect/errors').formatError(ctx, value, constructor, tag, keys, formatValue);
      if (isPlain()) return base;
    } else if (types.isAnyArrayBuffer(value)) {
      const prefix = getPrefix(constructor, tag, types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer');
      if (typedArray === undefined) {
        formatter = formatArrayBuffer;
      } else if (isPlain()) {
        return `${prefix}{ ${ctx.stylize('[byteLength]', 'string')}: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
      }
      braces[0] = `${prefix}{`;
      keys.unshift('byteLength');
    } else if (types.isDataView(value)) {
      braces[0] = `${getPrefix(constructor, tag, 'DataView')}{`;
      keys.unshift('byteLength', 'byteOffset', 'buffer');
    } else if (types.isPromise(value)) {
      braces[0] = `${getPrefix(constructor, tag, 'Promise')}{`;
      formatter = formatPromise;
    } else if (types.isWeakSet(value)) {
      braces[0] = `${getPrefix(constructor, tag, 'WeakSet')}{`;
      formatter = ctx.showHidden ? formatWeakSet : formatWeakCollection;
    } else if (types.isWeakMap(value)) {
      braces[0] = `${getPrefix(constructor, tag, 'WeakMap')}{`;
      formatter = ctx.showHidden ? formatWeakMap : formatWeakCollection;
    } else if (types.isModuleNamespaceObject(value)) {
      braces[0] = `${getPrefix(constructor, tag, 'Module')}{`;
      formatter = formatNamespace.bind(null, keys);
    } else if (types.isBoxedPrimitive(value)) {
      base = boxedBase(ctx, value, keys, constructor, tag);
      if (isPlain()) return base;
    } else {
      if (isPlain()) {
        if (types.isExternal(value)) {
          const address = details.getExternalValue?.(value) ?? 0n;
          return ctx.stylize(`[External: ${address.toString(16)}]`, 'special');
        }
        return `${getPrefix(constructor, tag, nativeName(value))}{}`;
      }
      braces[0] = `${getPrefix(constructor, tag, nativeName(value))}{`;
    }
  }

  if (recurseTimes > ctx.depth && ctx.depth !== null) {
    const name = getPrefix(constructor, tag, constructor === null ? nativeName(value) : 'Object').slice(0, -1);
    return ctx.stylize(constructor !== null ? `[${name}]` : name, 'special');
  }
  recurseTimes += 1;
  ctx.seen.push(value);
  ctx.currentDepth = recurseTimes;
  let output;
  const indentation = ctx.indentationLvl;
  try {
    output = formatter(ctx, value, recurseTimes);
    for (const key of keys) output.push(formatProperty(ctx, value, recurseTimes, key, kind));
    if (protoProperties !== undefined) output.push(...protoProperties);
  } catch (error) {
    if (!require('internal/errors').isStackOverflowError(error)) throw error;
    ctx.seen.pop();
    ctx.indentationLvl = indentation;
    const name = getPrefix(constructor, tag, 'Object').slice(0, -1);
    return ctx.stylize(
      `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
  }
  if (ctx.circular !== undefined) {
    const index = ctx.circular.get(value);
    if (index !== undefined) {
      const reference = ctx.stylize(`<ref *${index}>`, 'special');
      if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
      else braces[0] = `${reference} ${braces[0]}`;
    }
  }
  ctx.seen.pop();
  if (ctx.sorted) {
    const comparator = ctx.sorted === true ? undefined : ctx.sorted;
    if (kind === kObjectEntries) {
      output.sort(comparator);
    } else if (keys.length > 1) {
      const sorted = output.slice(output.length - keys.length).sort(comparator);
      output.splice(output.length - keys.length, keys.length, ...sorted);
    }
  }
  const text = joinEntries(ctx, output, base, braces, kind, recurseTimes, value);
  // Guards against objects whose print grows without end: past about 128 MB deeper levels are left out.
  const printed = (ctx.budget[ctx.indentationLvl] || 0) + text.length;
  ctx.budget[ctx.indentationLvl] = printed;
  if (printed > 2 ** 27) ctx.depth = -1;
  return text;
}

// Objects of class `Object` by name that are something else inside.
function isExotic(value) {
  return types.isRegExp(value) || types.isDate(value) || types.isNativeError(value) || types.isAnyArrayBuffer(value) ||
    types.isDataView(value) || types.isPromise(value) || types.isWeakSet(value) || types.isWeakMap(value) ||
    types.isBoxedPrimitive(value);
}

function iteratorBraces(type, tag) {
  if (tag !== `${type} Iterator`) {
    if (tag !== '') tag += '] [';
    tag += `${type} Iterator`;
  }
  return [`[${tag}] {`, '}'];
}

function boxedBase(ctx, value, keys, constructor, tag) {
  let type;
  let unbox;
  if (types.isNumberObject(value)) {
    type = 'Number';
    unbox = Number.prototype.valueOf;
  } else if (types.isStringObject(value)) {
    type = 'String';
    unbox = String.prototype.valueOf;
    // Its characters are properties too.
    keys.splice(0, value.length);
  } else if (types.isBooleanObject(value)) {
    type = 'Boolean';
    unbox = Boolean.prototype.valueOf;
  } else if (types.isBigIntObject(value)) {
    type = 'BigInt';
    unbox = BigInt.prototype.valueOf;
  } else {
    type = 'Symbol';
    unbox = Symbol.prototype.valueOf;
  }
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(stylizeNoColor, Reflect.apply(unbox, value, []), ctx)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  if (keys.length !== 0 || ctx.stylize === stylizeNoColor) return base;
  return ctx.stylize(base, type.toLowerCase());
}

// Whether the source text is that of a class, and not of a function whose name begins with "class".
function isClassSource(source) {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  const body = source.slice(5, -1);
  const brace = body.indexOf('{');
  if (brace === -1) return false;
  if (!body.slice(0, brace).includes('(')) return true;
  const bare = body.replace(/(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g, '');
  return /^(\s+[^(]*?)\s*{/.test(bare);
}

function functionBase(ctx, value, constructor, tag) {
  if (isClassSource(functionToString(value))) return classBase(value, constructor, tag);
  let type = 'Function';
  if (types.isGeneratorFunction(value)) type = `Generator${type}`;
  if (types.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  if (value.name === '') base += ' (anonymous)';
  else base += `: ${typeof value.name === 'string' ? value.name : formatValue(ctx, value.name, 0)}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, constructor, tag) {
  const name = (hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends [null prototype]';
  } else {
    const { name: superName } = getPrototypeOf(value);
    if (superName) base += ` extends ${superName}`;
  }
  return `[${base}]`;
}

function formatProxy(ctx, proxy, recurseTimes) {
  if (recurseTimes > ctx.depth && ctx.depth !== null) return ctx.stylize('Proxy [Array]', 'special');
  recurseTimes += 1;
  ctx.indentationLvl += 2;
  const parts = [formatValue(ctx, proxy[0], recurseTimes), formatValue(ctx, proxy[1], recurseTimes)];
  ctx.indentationLvl -= 2;
  return joinEntries(ctx, parts, '', ['Proxy [', ']'], kArrayLikeEntries, recurseTimes);
}

function remainingText(remaining) {
  return `... ${remaining} more item${remaining > 1 ? 's' : ''}`;
}

function formatArray(ctx, value, recurseTimes) {
  const { length } = value;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn(value, i)) return formatSparseArray(ctx, value, recurseTimes, shown, output, i);
    output.push(formatProperty(ctx, value, recurseTimes, i, kArrayElements));
  }
  if (length > shown) output.push(remainingText(length - shown));
  return output;
}

// From the first hole on; each run of holes counts as one entry.
function formatSparseArray(ctx, value, recurseTimes, maxLength, output, index) {
  const holes = (count) => ctx.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');
  const keys = Object.keys(value);
  for (let i = index; i < keys.length && output.length < maxLength; i++) {
    const key = keys[i];
    if (!arrayIndex.test(key) || key > 2 ** 32 - 2) break;
    if (`${index}` !== key) {
      output.push(holes(key - index));
      index = +key;
      if (output.length === maxLength) break;
    }
    output.push(formatProperty(ctx, value, recurseTimes, key, kArrayElements));
    index++;
  }
  const remaining = value.length - index;
  if (remaining > 0) output.push(output.length === maxLength ? remainingText(remaining) : holes(remaining));
  return output;
}

function formatTypedArray(ctx, value, recurseTimes) {
  const length = typedArrayLength(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const elementFormatter = length > 0 && typeof value[0] === 'number' ? formatNumber : formatBigInt;
  const output = new Array(shown);
  for (let i = 0; i < shown; i++) output[i] = elementFormatter(ctx.stylize, value[i], ctx.numericSeparator);
  if (length > shown) output.push(remainingText(length - shown));
  if (ctx.showHidden) {
    // These are accessors of the prototype, which say what the view is.
    ctx.indentationLvl += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`${ctx.stylize(`[${key}]`, 'string')}: ${formatValue(ctx, value[key], recurseTimes, true)}`);
    }
    ctx.indentationLvl -= 2;
  }
  return output;
}

function formatArrayBuffer(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize('(detached)', 'special')];
  }
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), bytes.length);
  let text = '';
  for (let i = 0; i < shown; i++) text += `${i === 0 ? '' : ' '}${bytes[i] < 16 ? '0' : ''}${bytes[i].toString(16)}`;
  const remaining = bytes.length - ctx.maxArrayLength;
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

function formatSet(ctx, value, recurseTimes) {
  const size = setSize(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), size);
  const output = [];
  ctx.indentationLvl += 2;
  for (const element of setValues(value)) {
    if (output.length >= shown) break;
    output.push(formatValue(ctx, element, recurseTimes));
  }
  if (size > shown) output.push(remainingText(size - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatMap(ctx, value, recurseTimes) {
  const size = mapSize(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), size);
  const output = [];
  ctx.indentationLvl += 2;
  for (const { 0: key, 1: element } of mapEntries(value)) {
    if (output.length >= shown) break;
    output.push(`${formatValue(ctx, key, recurseTimes)} => ${formatValue(ctx, element, recurseTimes)}`);
  }
  if (size > shown) output.push(remainingText(size - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatListEntries(ctx, recurseTimes, entries, isWeak) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), entries.length);
  const output = [];
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) output.push(formatValue(ctx, entries[i], recurseTimes));
  ctx.indentationLvl -= 2;
  // A weak collection has no order; sorted output is at least stable.
  if (isWeak && !ctx.sorted) output.sort();
  if (entries.length > shown) output.push(remainingText(entries.length - shown));
  return output;
}

// `entries` has keys and values in turn.
function formatPairEntries(ctx, recurseTimes, entries, isWeak) {
  const pairs = entries.length / 2;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), pairs);
  const output = [];
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) {
    const key = formatValue(ctx, entries[2 * i], recurseTimes);
    const value = formatValue(ctx, entries[2 * i + 1], recurseTimes);
    output.push(isWeak ? `${key} => ${value}` :
      joinEntries(ctx, [key, value], '', ['[', ']'], kArrayLikeEntries, recurseTimes));
  }
  ctx.indentationLvl -= 2;
  if (isWeak && !ctx.sorted) output.sort();
  if (pairs > shown) output.push(remainingText(pairs - shown));
  return output;
}

function formatWeakCollection(ctx) {
  return [ctx.stylize('<items unknown>', 'special')];
}

function formatWeakSet(ctx, value, recurseTimes) {
  return formatListEntries(ctx, recurseTimes, details.previewEntries(value).entries, true);
}

function formatWeakMap(ctx, value, recurseTimes) {
  return formatPairEntries(ctx, recurseTimes, details.previewEntries(value).entries, true);
}

function formatIterator(braces, ctx, value, recurseTimes) {
  const { entries, isKeyValue } = details.previewEntries(value);
  if (!isKeyValue) return formatListEntries(ctx, recurseTimes, entries, false);
  braces[0] = braces[0].replace(/ Iterator] {$/, ' Entries] {');
  return formatPairEntries(ctx, recurseTimes, entries, false);
}

function formatPromise(ctx, value, recurseTimes) {
  const { 0: state, 1: result } = details.getPromiseDetails(value);
  if (state === 0) return [ctx.stylize('<pending>', 'special')];
  ctx.indentationLvl += 2;
  const text = formatValue(ctx, result, recurseTimes);
  ctx.indentationLvl -= 2;
  return [state === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

function formatNamespace(keys, ctx, value, recurseTimes) {
  const output = [];
  for (const key of keys) {
    let text;
    try {
      text = formatProperty(ctx, value, recurseTimes, key, kObjectEntries);
    } catch (error) {
      if (!(error instanceof ReferenceError) && error?.name !== 'ReferenceError') throw error;
      // Not initialized yet: the name is printed with an empty value, which is then replaced.
      text = formatProperty(ctx, { [key]: '' }, recurseTimes, key, kObjectEntries);
      text = text.slice(0, text.lastIndexOf(' ') + 1) + ctx.stylize('<uninitialized>', 'special');
    }
    output.push(text);
  }
  keys.length = 0; // they are printed
  return output;
}

function formatProperty(ctx, value, recurseTimes, key, kind, descriptor, original = value) {
  descriptor ??= getOwnPropertyDescriptor(value, key);
  // An accessor of the prototype that says what a buffer or view is.
  if (descriptor === undefined) {
    ctx.indentationLvl += 2;
    let member;
    try {
      member = value[key];
    } catch (error) {
      if (error.name !== 'TypeError') throw error;
      member = key === 'byteLength' ? 0 : undefined;
    }
    const shown = formatValue(ctx, member, recurseTimes);
    ctx.indentationLvl -= 2;
    return `${ctx.stylize(`[${key}]`, 'string')}: ${shown}`;
  }
  let text;
  let space = ' ';
  if (descriptor.value !== undefined) {
    const indent = ctx.compact !== true || kind !== kObjectEntries ? 2 : 3;
    ctx.indentationLvl += indent;
    text = formatValue(ctx, descriptor.value, recurseTimes);
    if (indent === 3 && ctx.breakLength < getStringWidth(text, ctx.colors)) {
      space = `\n${' '.repeat(ctx.indentationLvl)}`;
    }
    ctx.indentationLvl -= indent;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, original, recurseTimes);
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  if (kind === kArrayElements) return text;
  return `${formatKey(ctx, key, descriptor.enumerable)}:${space}${text}`;
}

function formatKey(ctx, key, enumerable) {
  if (typeof key === 'symbol') {
    const text = ctx.stylize(escape(symbolToString(key)), 'symbol');
    return enumerable === false ? `[${text}]` : text;
  }
  if (key === '__proto__') return "['__proto__']";
  if (enumerable === false) return `[${escape(key)}]`;
  if (identifier.test(key)) return ctx.stylize(key, 'name');
  return ctx.stylize(quote(key), 'string');
}

function formatGetter(ctx, descriptor, original, recurseTimes) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
  const special = (text) => ctx.stylize(text, 'special');
  const wanted = ctx.getters === true || (ctx.getters === 'get' && descriptor.set === undefined) ||
    (ctx.getters === 'set' && descriptor.set !== undefined);
  if (!wanted) return special(`[${label}]`);
  ctx.indentationLvl += 2;
  let text;
  try {
    const value = Reflect.apply(descriptor.get, original, []);
    if (value === null) text = `${special(`[${label}:`)} ${ctx.stylize('null', 'null')}${special(']')}`;
    else if (typeof value === 'object') text = `${special(`[${label}]`)} ${formatValue(ctx, value, recurseTimes)}`;
    else text = `${special(`[${label}:`)} ${formatPrimitive(ctx.stylize, value, ctx)}${special(']')}`;
  } catch (error) {
    text = `${special(`[${label}:`)} <Inspection threw (${formatValue(ctx, error, recurseTimes)})>${special(']')}`;
  }
  ctx.indentationLvl -= 2;
  return text;
}

function groupDigits(digits) {
  let grouped = '';
  let end = digits.length;
  const start = digits[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) grouped = `_${digits.slice(end - 3, end)}${grouped}`;
  return end === digits.length ? digits : `${digits.slice(0, end)}${grouped}`;
}

function groupFraction(digits) {
  let grouped = '';
  let i = 0;
  for (; i < digits.length - 3; i += 3) grouped += `${digits.slice(i, i + 3)}_`;
  return i === 0 ? digits : `${grouped}${digits.slice(i)}`;
}

function formatNumber(stylize, number, numericSeparator) {
  if (!numericSeparator) return stylize(Object.is(number, -0) ? '-0' : `${number}`, 'number');
  const integer = Math.trunc(number);
  const text = String(integer);
  if (integer === number) {
    if (Object.is(number, -0)) return stylize('-0', 'number');
    if (!Number.isFinite(number) || text.includes('e')) return stylize(text, 'number');
    return stylize(groupDigits(text), 'number');
  }
  if (Number.isNaN(number)) return stylize(text, 'number');
  const whole = String(number);
  const point = whole.indexOf('.');
  if (point === -1 || whole.includes('e')) return stylize(whole, 'number');
  return stylize(`${groupDigits(whole.slice(0, point))}.${groupFraction(whole.slice(point + 1))}`, 'number');
}

function formatBigInt(stylize, bigint, numericSeparator) {
  const text = String(bigint);
  return stylize(`${numericSeparator ? groupDigits(text) : text}n`, 'bigint');
}

function formatPrimitive(stylize, value, ctx) {
  switch (typeof value) {
    case 'string': return formatString(stylize, value, ctx);
    case 'number': return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint': return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    default: return stylize(escape(symbolToString(value)), 'symbol');
  }
}

function formatString(stylize, value, ctx) {
  let trailer = '';
  if (value.length > ctx.maxStringLength) {
    const remaining = value.length - ctx.maxStringLength;
    value = value.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
  }
  // Long texts of several lines stand as a sum of their lines.
  if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentationLvl - 4) {
    const lines = value.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'));
    return lines.join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer;
  }
  return stylize(quote(value), 'string') + trailer;
}

function formatWithOptions(inspectOptions, ...args) {
  require('internal/validators').validateObject(
    inspectOptions, 'inspectOptions', require('internal/validators').kValidateObjectAllowObjects);
  return require('internal/inspect/format').formatArguments(inspectOptions, args);
}

function format(...args) {
  return require('internal/inspect/format').formatArguments(undefined, args);
}

module.exports = {
  inspect,
  inspectDefaultOptions: defaultOptions,
  format,
  formatWithOptions,
  formatNumber,
  formatBigInt,
  stylizeNoColor,
  stylizeWithColor,
  builtInObjects,
  getStringWidth,
  stripVTControlCharacters,
  isZeroWidthCodePoint,
};
