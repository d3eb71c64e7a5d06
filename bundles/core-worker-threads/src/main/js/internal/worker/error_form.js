'use strict';

// An error that nobody caught, on its way to the parent: its class, if it is one of the language's, and its own properties. What
// cannot travel goes as the text that would have been printed.

const { types } = require('internal/runtime');

const CLASSES = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError };

function classOf(error) {
  let prototype = error;
  while ((prototype = Object.getPrototypeOf(prototype)) !== null) {
    const constructor = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof constructor === 'function' && CLASSES[constructor.name] === constructor) return constructor.name;
  }
  return 'Error';
}

function isPlain(value) {
  return value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol');
}

// The stack may be written by the program's own code, which may throw.
function ownProperties(error) {
  const own = {};
  for (const key of new Set(['name', 'stack', 'message', 'code', 'cause', ...Object.getOwnPropertyNames(error)])) {
    let value;
    try {
      value = error[key];
    } catch {
      continue;
    }
    if (value === undefined && !Object.hasOwn(error, key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(error, key);
    own[key] = { value, enumerable: descriptor?.enumerable ?? false };
  }
  return own;
}

function pack(error, post, depth = 0) {
  if (typeof error === 'object' && error !== null && types.isNativeError(error)) {
    const properties = {};
    for (const [key, { value, enumerable }] of Object.entries(ownProperties(error))) {
      if (typeof value === 'function' || typeof value === 'symbol') continue;
      properties[key] = { enumerable, value: isPlain(value) || depth > 3 ? { plain: isPlain(value) ? value : String(value) } : { packed: pack(value, post, depth + 1) } };
    }
    return { class: classOf(error), properties };
  }
  if (depth > 0) {
    try {
      post(error);
      return { value: error };
    } catch {
      return { text: require('internal/util/inspect').inspect(error) };
    }
  }
  return { value: error };
}

/** `tryWrite` throws for a value that cannot travel. */
function packError(error, tryWrite) {
  if (typeof error === 'object' && error !== null && types.isNativeError(error)) return pack(error, tryWrite);
  try {
    tryWrite(error);
    return { value: error };
  } catch {
    return { text: require('internal/util/inspect').inspect(error) };
  }
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function unpackError(form) {
  if ('text' in form) {
    const text = form.text;
    return { __proto__: null, [require('internal/util').customInspectSymbol]: () => text };
  }
  if (!('class' in form)) return form.value;
  const error = Object.create(CLASSES[form.class].prototype);
  const made = form.class === 'AggregateError' ? new AggregateError([]) : new CLASSES[form.class]();
  Object.setPrototypeOf(made, Object.getPrototypeOf(error));
  if (!('stack' in form.properties)) hide(made, 'stack', undefined);
  for (const [key, { enumerable, value }] of Object.entries(form.properties)) {
    if (key === 'name' && value.plain === made.name) continue;
    Object.defineProperty(made, key, {
      __proto__: null, enumerable, configurable: true, writable: true, value: 'plain' in value ? value.plain : unpackError(value.packed),
    });
  }
  return made;
}

module.exports = { packError, unpackError };
