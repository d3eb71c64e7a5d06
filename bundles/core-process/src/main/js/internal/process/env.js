'use strict';

// The environment: strings alone, live for children and bindings.

const { sharedState } = require('internal/symbols');
const { getEnv, setEnv, deleteEnv, envKeys, setTimeZone } = require('internal/runtime');

function text(value) {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean' &&
      require('internal/options').getOptionValue('--pending-deprecation')) {
    process.emitWarning('Assigning any value other than a string, number, or boolean to a process.env property is deprecated. ' +
      'Please make sure to convert the value to a string before setting process.env with it.', 'DeprecationWarning', 'DEP0104');
  }
  return `${value}`;
}

function put(key, value) {
  if (key === '' || key.includes('\0')) return;
  const nul = value.indexOf('\0');
  setEnv(key, nul === -1 ? value : value.slice(0, nul));
  if (key === 'TZ') setTimeZone(value);
}

function badDescriptor(message) {
  return new (require('internal/errors').codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY)(message);
}

const traps = {
  __proto__: null,
  get(target, key, receiver) {
    if (typeof key === 'symbol') return target[key];
    const value = getEnv(key);
    return value === undefined ? Reflect.get(target, key, receiver) : value;
  },
  set(target, key, value) {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    put(key, text(value));
    return true;
  },
  has(target, key) {
    return typeof key === 'string' && (getEnv(key) !== undefined || key in target);
  },
  deleteProperty(target, key) {
    if (typeof key === 'string') deleteEnv(key);
    return true;
  },
  ownKeys() {
    return envKeys();
  },
  getOwnPropertyDescriptor(target, key) {
    const value = typeof key === 'string' ? getEnv(key) : undefined;
    return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
  defineProperty(target, key, descriptor) {
    if ('value' in descriptor) {
      if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
        throw badDescriptor("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
      }
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      put(key, text(descriptor.value));
      return true;
    }
    if ('get' in descriptor || 'set' in descriptor) {
      throw badDescriptor("'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    throw badDescriptor("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
  },
};

/** `process.env`, the same for all revisions. */
function env() {
  return sharedState('process.env', () => {
    const handler = { ...traps };
    return { handler, proxy: new Proxy({}, handler) };
  }).proxy;
}

function connect() {
  Object.assign(sharedState('process.env').handler, traps);
}

module.exports = { connect, env };
