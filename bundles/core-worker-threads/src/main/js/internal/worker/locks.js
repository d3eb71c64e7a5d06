'use strict';

// https://w3c.github.io/web-locks/ between the threads of this process.

const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateFunction } = require('internal/validators');
const thread = require('internal/worker/thread');

const kName = stateSymbol('worker_threads.lockName');
const kMode = stateSymbol('worker_threads.lockMode');
const kMake = stateSymbol('worker_threads.makeLock');
const MODES = ['exclusive', 'shared'];

const client = `node-${process.pid}-${thread.id}`;

function typeError(message, code) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

function unsupported(message) {
  return new DOMException(message, 'NotSupportedError');
}

function refuse(key) {
  if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
}

class Lock {
  constructor(key = undefined, name = undefined, mode = undefined) {
    refuse(key);
    this[kName] = name;
    this[kMode] = mode;
  }

  get name() {
    return this[kName];
  }

  get mode() {
    return this[kMode];
  }
}

function readOptions(options) {
  if (options === undefined || options === null) options = {};
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw typeError('options cannot be converted to a dictionary', 'ERR_INVALID_ARG_TYPE');
  }
  const { ifAvailable = false, mode = 'exclusive', signal, steal = false } = options;
  if (!MODES.includes(`${mode}`)) throw typeError(`mode '${mode}' is not a valid enum value of type LockMode.`, 'ERR_INVALID_ARG_VALUE');
  if (signal !== undefined && (signal === null || typeof signal !== 'object')) {
    throw typeError('signal is not an object.', 'ERR_INVALID_ARG_TYPE');
  }
  if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
  return { ifAvailable: Boolean(ifAvailable), mode: `${mode}`, signal, steal: Boolean(steal) };
}

function check(name, { ifAvailable, mode, signal, steal }) {
  signal?.throwIfAborted();
  if (name.startsWith('-')) throw unsupported('Lock name may not start with hyphen');
  if (ifAvailable && steal) throw unsupported('ifAvailable and steal are mutually exclusive');
  if (mode !== 'exclusive' && steal) throw unsupported('mode: "shared" and steal are mutually exclusive');
  if (signal !== undefined && (steal || ifAvailable)) throw unsupported('signal cannot be used with steal or ifAvailable');
}

/** Resolves to what releases the lock, or to null; `lost` is called when another request has taken it. */
function acquire(name, { ifAvailable, mode, signal, steal }, lost) {
  return new Promise((resolve, reject) => {
    let native;
    const onAbort = () => {
      if (!native.isHeld() && native.release()) reject(signal.reason);
    };
    const granted = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve(native);
    };
    const manner = steal ? 'STEAL' : ifAvailable ? 'IF_AVAILABLE' : 'WAIT';
    native = binding.requestLock(name, mode === 'exclusive', manner, client, granted, lost);
    if (native === null) resolve(null);
    else signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
  });
}

const info = ([name, isExclusive, clientId]) => ({ name, mode: isExclusive ? 'exclusive' : 'shared', clientId });

class LockManager {
  constructor(key = undefined) {
    refuse(key);
  }

  async request(name, options, callback = undefined) {
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    validateFunction(callback, 'callback');
    name = `${name}`;
    const wanted = readOptions(options);
    check(name, wanted);
    const stolen = Promise.withResolvers();
    stolen.promise.catch(() => {});
    const lose = () => stolen.reject(new DOMException('The operation was aborted', 'AbortError'));
    const native = await acquire(name, wanted, lose);
    if (native === null) return callback(null);
    let result;
    let isOurs = false;
    try {
      result = await Promise.race([callback(new Lock(kMake, name, wanted.mode)), stolen.promise]);
    } finally {
      isOurs = native.release();
    }
    // It may have been taken before the message of it came.
    if (!isOurs) lose();
    return isOurs ? result : stolen.promise;
  }

  async query() {
    const [held, pending] = binding.queryLocks();
    return { held: held.map(info), pending: pending.map(info) };
  }
}

for (const [Class, names] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
}

module.exports = { Lock, LockManager, locks: new LockManager(kMake) };
module.sharedClasses = { Lock, LockManager };
