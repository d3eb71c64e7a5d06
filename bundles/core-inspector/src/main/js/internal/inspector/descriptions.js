'use strict';

// What clients read beside an object: its kind, its class, and a few words.

const { details, types } = require('internal/runtime');

function subtypeOf(value) {
  if (types.isProxy(value)) return 'proxy';
  if (Array.isArray(value) || types.isArgumentsObject(value)) return 'array';
  if (types.isNativeError(value)) return 'error';
  if (types.isPromise(value)) return 'promise';
  if (types.isRegExp(value)) return 'regexp';
  if (types.isDate(value)) return 'date';
  if (types.isMap(value)) return 'map';
  if (types.isSet(value)) return 'set';
  if (types.isWeakMap(value)) return 'weakmap';
  if (types.isWeakSet(value)) return 'weakset';
  if (types.isMapIterator(value) || types.isSetIterator(value)) return 'iterator';
  if (types.isGeneratorObject(value)) return 'generator';
  if (types.isDataView(value)) return 'dataview';
  if (ArrayBuffer.isView(value)) return 'typedarray';
  if (types.isArrayBuffer(value) || types.isSharedArrayBuffer(value)) return 'arraybuffer';
  return undefined;
}

function classOf(value) {
  if (types.isProxy(value)) return 'Object';
  try {
    return details.getConstructorName(value) ?? 'Object';
  } catch {
    return 'Object';
  }
}

/** A data property, without running a getter of anybody. */
function dataProperty(object, key) {
  for (let holder = object; holder !== null && !types.isProxy(holder); holder = Reflect.getPrototypeOf(holder)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}

function describe(value, subtype) {
  if (typeof value === 'function') {
    return { className: 'Function', description: Function.prototype.toString.call(value) };
  }
  const className = classOf(value);
  switch (subtype) {
    case 'proxy': {
      const [target] = details.getProxyDetails(value);
      return { className, description: target === null ? 'Proxy' : `Proxy(${typeof target === 'function' ? 'Function' : classOf(target)})` };
    }
    case 'array':
      return { className, description: `${className}(${Array.isArray(value) ? value.length : dataProperty(value, 'length')})` };
    case 'typedarray':
      return { className, description: `${className}(${value.length})` };
    case 'arraybuffer':
    case 'dataview':
      return { className, description: `${className}(${value.byteLength})` };
    case 'map':
      return { className, description: `${className}(${Reflect.get(Map.prototype, 'size', value)})` };
    case 'set':
      return { className, description: `${className}(${Reflect.get(Set.prototype, 'size', value)})` };
    case 'regexp':
      return { className, description: RegExp.prototype.toString.call(value) };
    case 'date':
      return { className, description: Date.prototype.toString.call(value) };
    case 'error': {
      const stack = dataProperty(value, 'stack');
      const message = dataProperty(value, 'message');
      return { className, description: typeof stack === 'string' && stack !== '' ? stack : message ? `${className}: ${message}` : className };
    }
    default:
      return { className, description: className };
  }
}

/** The entries of a collection as [{ key: { value }?, value }]; undefined for what has none. */
function entriesOf(value, subtype) {
  if (subtype === 'map') return Array.from(Map.prototype.entries.call(value), ([key, held]) => ({ key: { value: key }, value: held }));
  if (subtype === 'set') return Array.from(Set.prototype.values.call(value), (held) => ({ value: held }));
  return undefined;
}

module.exports = { classOf, describe, entriesOf, subtypeOf };
