'use strict';

// require('osgi:dev.example.Service'): a proxy of the OSGi service with that interface. It looks the service up at each call, so it
// fails while there is none and works again when one has come.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { sharedState, through } = require('internal/symbols');
const { isArrayBufferView } = require('internal/util/types');

/** Values as TokenReader.java reads them. */
function write(tokens, value, path) {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      tokens.push(typeof value, value);
      return;
    case 'bigint':
      tokens.push('bigint', String(value));
      return;
    case 'undefined':
      tokens.push('null');
      return;
    case 'object':
      if (value === null) tokens.push('null');
      else if (typeof value.toJSON === 'function' && !isArrayBufferView(value)) write(tokens, value.toJSON(), path);
      else writeObject(tokens, value, path);
      return;
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('argument', value, 'cannot be given to an OSGi service');
  }
}

function writeObject(tokens, value, path) {
  if (isArrayBufferView(value)) {
    tokens.push('bytes', value);
    return;
  }
  if (path.includes(value)) throw new codes.ERR_INVALID_ARG_VALUE('argument', value, 'contains itself');
  path.push(value);
  if (Array.isArray(value)) {
    tokens.push('array', value.length);
    for (const element of value) write(tokens, element, path);
  } else {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    tokens.push('object', keys.length);
    for (const key of keys) {
      tokens.push(key);
      write(tokens, value[key], path);
    }
  }
  path.pop();
}

function call(service, method, args) {
  const tokens = [];
  for (const argument of args) write(tokens, argument, []);
  let settle;
  const [isPromise, result] = binding.invoke(service, method, (error, value) => settle(error, value), ...tokens);
  if (!isPromise) return result;
  // The callback comes from the loop, later than this.
  return new Promise((resolve, reject) => {
    settle = (error, value) => {
      if (error) reject(error);
      else resolve(value);
    };
  });
}

function hasMethod(service, key) {
  return typeof key === 'string' && binding.has(service) && binding.methods(service).includes(key);
}

function methodOf(target, key) {
  const known = target.functions.get(key);
  if (known !== undefined) return known;
  const { service } = target;
  if (key === Symbol.toStringTag) return `OsgiService ${service}`;
  if (!hasMethod(service, key)) return undefined;
  const method = { [key]: (...args) => callCurrent(service, key, args) }[key];
  target.functions.set(key, method);
  return method;
}

// What a proxy does. Its target says which service it is, and nobody sees that.
const traps = {
  get: methodOf,
  has: (target, key) => target.functions.has(key) || hasMethod(target.service, key),
  ownKeys: ({ service, functions }) => (binding.has(service) ? binding.methods(service) : [...functions.keys()]),
  getOwnPropertyDescriptor(target, key) {
    const value = methodOf(target, key);
    return value === undefined || typeof key !== 'string' ? undefined : { value, writable: false, enumerable: true, configurable: true };
  },
  set: () => false,
  defineProperty: () => false,
  deleteProperty: () => false,
};

// Proxies and their functions outlive a revision: they do what the current one says.
const current = sharedState('osgi', () => ({ proxies: new Map(), call, ...traps }));
const callCurrent = through(current, 'call');

function becomeCurrent() {
  Object.assign(current, traps, { call });
}

function createProxy(service) {
  const handler = { __proto__: null };
  for (const name of Object.keys(traps)) handler[name] = through(current, name);
  return new Proxy({ __proto__: null, service, functions: new Map() }, handler);
}

/** The service with the interface `name`: the same object for the same name. */
function service(name) {
  if (!getOptionValue('--allow-java')) {
    const error = new Error('Access to this API has been restricted. Use --allow-java to manage permissions.');
    error.code = 'ERR_ACCESS_DENIED';
    error.permission = 'Java';
    error.resource = name;
    throw error;
  }
  if (!/^[\w$]+(\.[\w$]+)*$/.test(name)) throw new codes.ERR_INVALID_ARG_VALUE('service', name, 'must be the name of a Java interface');
  let proxy = current.proxies.get(name);
  if (proxy === undefined) {
    if (!binding.has(name)) {
      const error = new Error(`There is no OSGi service '${name}' at the moment`);
      error.code = 'ERR_OSGI_SERVICE_GONE';
      error.service = name;
      throw error;
    }
    proxy = createProxy(name);
    current.proxies.set(name, proxy);
  }
  return proxy;
}

module.exports = { becomeCurrent, service };
