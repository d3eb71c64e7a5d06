'use strict';

// Node's own errors. `codes.ERR_X` is a class, made when it is first asked for from internal/errors/messages (fixed texts) or
// internal/errors/computed (texts that need logic).

const { kIsNodeError } = require('internal/symbols');

const { defineProperty, defineProperties } = Object;
const bases = { __proto__: null, Error, TypeError, RangeError, SyntaxError, URIError };

let computed;
let fixed; // code without its 'ERR_' -> [base class name, message]

function readMessages() {
  fixed = new Map();
  let base = '';
  for (const line of require('internal/errors/messages').split('\n')) {
    if (line[0] === '=') {
      base = line.slice(1);
    } else if (line !== '') {
      const space = line.indexOf(' ');
      fixed.set(line.slice(0, space), [base, line.slice(space + 1)]);
    }
  }
}

function formatMessage(template, args) {
  let index = 0;
  return template.replace(/%[sd]/g, (kind) => {
    const value = args[index++];
    if (kind === '%s' && typeof value === 'string') return value;
    return require('internal/util/inspect').format(kind, value);
  });
}

function defineHidden(object, name, value) {
  defineProperty(object, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

// Methods that all error classes share; they are no class elements, so that each class is cheap to make.
function toString() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

function makeClass(code, Base, message) {
  class NodeError extends Base {
    constructor(...args) {
      super();
      this.code = code;
      defineHidden(this, 'message',
                   typeof message === 'string' ? formatMessage(message, args) : message.apply(this, args));
    }
  }
  defineHidden(NodeError.prototype, 'toString', toString);
  defineHidden(NodeError.prototype, 'constructor', Base);
  defineHidden(NodeError.prototype, kIsNodeError, true);
  // In Node.js a variant with a shorter stack; here stacks show no frames of core modules' validation anyway.
  defineHidden(NodeError, 'HideStackFramesError', NodeError);
  return NodeError;
}

// An error around a failed system call: `context` is { code, message, syscall, errno, path, dest }.
class SystemError extends Error {
  constructor(key, context, prefix = fixed.get(key.slice(4))?.[1] ?? 'A system error occurred') {
    super();
    let message = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
    if (context.path !== undefined) message += ` ${context.path}`;
    if (context.dest !== undefined) message += ` => ${context.dest}`;
    this.code = key;
    defineHidden(this, 'name', 'SystemError');
    defineHidden(this, 'message', message);
    defineProperty(this, 'info', { __proto__: null, value: context, enumerable: true, configurable: true });
    defineHidden(this, kIsNodeError, true);
    for (const name of ['errno', 'syscall', 'path', 'dest']) {
      if ((name === 'path' || name === 'dest') && context[name] === undefined) continue;
      const accessor = {
        get() {
          const value = context[name];
          return name === 'path' || name === 'dest' ? value?.toString() : value;
        },
        set(value) { context[name] = value; },
      };
      defineProperty(this, name, {
        __proto__: null, get: accessor.get, set: accessor.set, enumerable: true, configurable: true,
      });
    }
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](recurseTimes, options) {
    return require('internal/util/inspect').inspect(this, { ...options, getters: true, customInspect: false });
  }
}

function makeSystemErrorClass(code, prefix) {
  class NodeError extends SystemError {
    constructor(context) {
      super(code, context, prefix);
    }
  }
  defineHidden(NodeError, 'HideStackFramesError', NodeError);
  return NodeError;
}

function create(code) {
  if (fixed === undefined) readMessages();
  const key = code.slice(4);
  const line = fixed.get(key);
  computed ??= require('internal/errors/computed').computed;
  const special = computed[key];
  if (special !== undefined) {
    const NodeError = makeClass(code, bases[special[0]], special[1]);
    for (let i = 2; i < special.length; i++) {
      NodeError[special[i]] = makeClass(code, bases[special[i]], special[1]);
    }
    return NodeError;
  }
  if (line === undefined) return undefined;
  if (line[0] === 'SystemError') return makeSystemErrorClass(code, line[1]);
  return makeClass(code, bases[line[0]], line[1]);
}

const codes = new Proxy({ __proto__: null }, {
  __proto__: null,
  get(target, code) {
    let NodeError = target[code];
    if (NodeError === undefined && typeof code === 'string') {
      NodeError = create(code);
      if (NodeError !== undefined) target[code] = NodeError;
    }
    return NodeError;
  },
});

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

let systemErrors; // negative errno -> [code, message]

function uvErrmap() {
  if (systemErrors === undefined) {
    systemErrors = new Map();
    for (const { 0: errno, 1: code, 2: message } of require('internal/runtime').getSystemErrors()) {
      systemErrors.set(errno, [code, message]);
    }
  }
  return systemErrors;
}

function uvErrmapGet(errno) {
  return uvErrmap().get(errno);
}

function errnoName(errno) {
  return uvErrmapGet(errno)?.[0] ?? `Unknown system error ${errno}`;
}

// These are functions that return plain errors, as users see no class of their own on them.

function UVException(context) {
  const known = uvErrmapGet(context.errno);
  const code = known?.[0] ?? 'UNKNOWN';
  let message = `${code}: ${context.message || (known?.[1] ?? 'unknown error')}, ${context.syscall}`;
  const path = context.path === undefined ? undefined : context.path.toString();
  const dest = context.dest === undefined ? undefined : context.dest.toString();
  if (path) message += ` '${path}'`;
  if (dest) message += ` -> '${dest}'`;
  const error = new Error(message);
  for (const name of Object.keys(context)) {
    if (name !== 'message' && name !== 'path' && name !== 'dest') error[name] = context[name];
  }
  error.code = code;
  if (path) error.path = path;
  if (dest) error.dest = dest;
  captureFrom(error, UVException);
  return error;
}

function uvExceptionWithHostPort(errno, syscall, address, port) {
  const { 0: code, 1: text } = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  const details = port && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : '';
  const error = new Error(`${syscall} ${code}: ${text}${details}`);
  error.code = code;
  error.errno = errno;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  captureFrom(error, uvExceptionWithHostPort);
  return error;
}

function ErrnoException(errno, syscall, original) {
  const code = errnoName(errno);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  captureFrom(error, ErrnoException);
  return error;
}

function ExceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = typeof errno === 'string' ? errno : errnoName(errno);
  let details = port && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : '';
  if (additional) details += ` - Local (${additional})`;
  const error = new Error(`${syscall} ${code}${details}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  captureFrom(error, ExceptionWithHostPort);
  return error;
}

// `code` is a number of libuv or a string of the resolver.
function DNSException(code, syscall, hostname) {
  let errno;
  if (typeof code === 'number') {
    errno = code;
    // Node's name for "no such host", whichever of the two the system gave.
    code = errno === -3007 || errno === -3008 ? 'ENOTFOUND' : errnoName(errno);
  }
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  captureFrom(error, DNSException);
  return error;
}

function ConnResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  captureFrom(error, ConnResetException);
  return error;
}

function genericNodeError(message, properties) {
  const error = new Error(message);
  Object.assign(error, properties);
  return error;
}

class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(errors, message);
    this.code = errors[0]?.code;
  }
}
defineHidden(NodeAggregateError.prototype, 'constructor', AggregateError);
defineHidden(NodeAggregateError.prototype, kIsNodeError, true);

function aggregateTwoErrors(innerError, outerError) {
  if (!innerError || !outerError || innerError === outerError) return innerError || outerError;
  if (Array.isArray(outerError.errors)) {
    outerError.errors.push(innerError);
    return outerError;
  }
  const error = new AggregateError([outerError, innerError], outerError.message);
  error.code = outerError.code;
  return error;
}

// Makes the stack start at the caller of `fn`.
function captureFrom(error, fn) {
  if (Object.isExtensible(error)) Error.captureStackTrace(error, fn);
  return error;
}

// A wrapper whose own frame, and those below it, do not show in the stacks of errors thrown out of `fn`.
function hideStackFrames(fn) {
  function wrapped(...args) {
    try {
      return Reflect.apply(fn, this, args);
    } catch (error) {
      if (isErrorLike(error) && Error.stackTraceLimit) captureFrom(error, wrapped);
      throw error;
    }
  }
  wrapped.withoutStackTrace = fn;
  defineProperty(wrapped, 'name', { __proto__: null, value: fn.name, configurable: true });
  return wrapped;
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
}

let maxStackName;
let maxStackMessage;

// Whether an error says that the stack is exhausted, however the engine words that.
function isStackOverflowError(error) {
  if (maxStackMessage === undefined) {
    try {
      (function overflow() { overflow(); })();
    } catch (overflowed) {
      maxStackName = overflowed.name;
      maxStackMessage = overflowed.message;
    }
  }
  return error?.name === maxStackName && error.message === maxStackMessage;
}

module.exports = {
  codes,
  AbortError,
  SystemError,
  NodeAggregateError,
  UVException,
  uvExceptionWithHostPort,
  UVExceptionWithHostPort: uvExceptionWithHostPort,
  ErrnoException,
  ExceptionWithHostPort,
  DNSException,
  ConnResetException,
  genericNodeError,
  aggregateTwoErrors,
  hideStackFrames,
  captureFrom,
  isErrorLike,
  isStackOverflowError,
  kIsNodeError,
  uvErrmap,
  uvErrmapGet,
};
defineProperties(module.exports, {
  determineSpecificType: {
    __proto__: null, enumerable: true, get: () => require('internal/errors/computed').determineSpecificType,
  },
  formatList: { __proto__: null, enumerable: true, get: () => require('internal/errors/computed').formatList },
});
