'use strict';

// printf-like formatting: util.format, and what console prints.

const { details } = require('internal/runtime');
const types = require('internal/util/types');
const { inspect, formatNumber, formatBigInt, stylizeNoColor, builtInObjects, inspectDefaultOptions } = require('internal/util/inspect');

const { hasOwn, getPrototypeOf, getOwnPropertyDescriptor } = Object;

// Whether `String(value)` would only say "[object Object]" or the like, so that inspect says more.
function hasBuiltInToString(value) {
  while (types.isProxy(value)) {
    const proxy = details.getProxyDetails(value);
    if (proxy == null || proxy[0] === null) return true;
    value = proxy[0];
  }
  // A conversion of the user's own.
  if (typeof value.toString !== 'function') return true;
  if (hasOwn(value, 'toString')) return false;
  const isFromUser = typeof value[Symbol.toPrimitive] === 'function' && !types.isDate(value) &&
    !types.isSymbolObject(value);
  if (isFromUser) {
    let holder = value;
    while (holder !== null && !hasOwn(holder, Symbol.toPrimitive)) holder = getPrototypeOf(holder);
    const owner = holder === null ? undefined : getOwnPropertyDescriptor(holder, 'constructor');
    if (owner === undefined || typeof owner.value !== 'function' || !builtInObjects.has(owner.value.name)) return false;
  }
  let pointer = value;
  do {
    pointer = getPrototypeOf(pointer);
  } while (!hasOwn(pointer, 'toString'));
  const descriptor = getOwnPropertyDescriptor(pointer, 'constructor');
  return descriptor !== undefined && typeof descriptor.value === 'function' &&
    builtInObjects.has(descriptor.value.name);
}

function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Only circular structures are no error; engines word that differently.
    if (error?.name === 'TypeError' && isCircular(value)) return '[Circular]';
    throw error;
  }
}

function isCircular(root) {
  const path = new Set();
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (path.has(value)) return true;
    path.add(value);
    for (const key of Object.keys(value)) if (visit(value[key])) return true;
    path.delete(value);
    return false;
  };
  return visit(root);
}

function convert(letter, value, options) {
  const separator = options?.numericSeparator ?? inspectDefaultOptions.numericSeparator;
  switch (letter) {
    case 's': {
      if (typeof value === 'number') return formatNumber(stylizeNoColor, value, separator);
      if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, separator);
      if (typeof value === 'object' && value !== null ? hasBuiltInToString(value) : false) {
        return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
      }
      return String(value);
    }
    case 'j': return toJson(value);
    case 'd':
      if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, separator);
      return formatNumber(stylizeNoColor, typeof value === 'symbol' ? NaN : Number(value), separator);
    case 'i':
      if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, separator);
      return formatNumber(stylizeNoColor, typeof value === 'symbol' ? NaN : parseInt(value, 10), separator);
    case 'f':
      return formatNumber(stylizeNoColor, typeof value === 'symbol' ? NaN : parseFloat(value), separator);
    case 'O': return inspect(value, options);
    case 'o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'c': return ''; // CSS, which a terminal has not
    default: return undefined;
  }
}

function formatArguments(options, args) {
  const first = args[0];
  if (args.length === 1) return typeof first === 'string' ? first : inspect(first, options);
  let next = 0;
  let text = '';
  if (typeof first === 'string') {
    next = 1;
    let last = 0;
    for (let i = first.indexOf('%'); i !== -1 && i < first.length - 1; i = first.indexOf('%', i)) {
      const letter = first[i + 1];
      if (letter === '%') {
        text += first.slice(last, i + 1);
        last = i += 2;
        continue;
      }
      if (next === args.length) {
        i += 1;
        continue;
      }
      const converted = isDirective(letter) ? convert(letter, args[next], options) : null;
      if (converted === null) {
        i += 1;
        continue;
      }
      next++;
      text += first.slice(last, i) + converted;
      last = i += 2;
    }
    text += first.slice(last);
  }
  for (; next < args.length; next++) {
    const value = args[next];
    if (next > 0) text += ' ';
    text += typeof value === 'string' ? value : inspect(value, options);
  }
  return text;
}

function isDirective(letter) {
  return letter === 's' || letter === 'd' || letter === 'i' || letter === 'f' || letter === 'j' || letter === 'o' ||
    letter === 'O' || letter === 'c';
}

module.exports = { formatArguments };
