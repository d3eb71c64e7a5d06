'use strict';

// What spawn() and its family take, checked and in one form.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { validateString, validateObject, validateBoolean, validateFunction, validateAbortSignal, validateOneOf, validateInt32 } = require('internal/validators');

function nullCheck(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function nullCheckAll(values, name) {
  for (let i = 0; i < values.length; i++) nullCheck(values[i], `${name}[${i}]`);
}

function pathOption(value, name) {
  if (value == null) return value;
  if (value instanceof URL || (value.href && value.protocol && value.auth === undefined && value.path === undefined)) {
    value = require('url').fileURLToPath(value);
  }
  if (ArrayBuffer.isView(value)) value = require('buffer').Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
  if (typeof value !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
  return value;
}

function validateTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    require('internal/validators').validateInteger(timeout, 'timeout', 0);
  }
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer == null) return;
  if (typeof maxBuffer !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.maxBuffer', 'number', maxBuffer);
  if (maxBuffer < 0 || Number.isNaN(maxBuffer)) throw new codes.ERR_OUT_OF_RANGE('options.maxBuffer', '>= 0', maxBuffer);
}

function sanitizeKillSignal(killSignal) {
  if (typeof killSignal === 'string' || typeof killSignal === 'number') {
    return require('internal/util').convertToValidSignal(killSignal);
  }
  if (killSignal != null) throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], killSignal);
  return undefined;
}

function id(value, name) {
  if (value == null) return;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  validateInt32(value, name);
}

function shellCommand(options, file, args) {
  const command = [file, ...args].join(' ');
  if (args.length > 0) {
    require('internal/util').deprecate(
      () => {}, 'Passing args to a child process with shell option true can lead to security ' +
      'vulnerabilities, as the arguments are not escaped, only concatenated.', 'DEP0190')();
  }
  const shell = typeof options.shell === 'string' ? options.shell : '/bin/sh';
  return [shell, ['-c', command]];
}

// NAME=value, in the order of the object; later spellings of a name lose.
function environmentPairs(env) {
  const pairs = [];
  for (const key in env) {
    const value = env[key];
    if (value === undefined) continue;
    nullCheck(key, `options.env['${key}']`);
    nullCheck(`${value}`, `options.env['${key}']`);
    pairs.push(`${key}=${value}`);
  }
  return pairs;
}

function normalizeSpawnArguments(file, args, options) {
  validateString(file, 'file');
  nullCheck(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = args.slice();
  } else if (args == null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  nullCheckAll(args, 'args');
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };
  options.cwd = pathOption(options.cwd, 'options.cwd');
  nullCheck(options.cwd, 'options.cwd');
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  id(options.uid, 'options.uid');
  id(options.gid, 'options.gid');
  if (options.shell != null && typeof options.shell !== 'boolean' && typeof options.shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], options.shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    nullCheck(options.argv0, 'options.argv0');
  }
  nullCheck(options.shell, 'options.shell');
  if (options.windowsHide != null) validateBoolean(options.windowsHide, 'options.windowsHide');
  if (options.windowsVerbatimArguments != null) validateBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');
  if (options.shell) [file, args] = shellCommand(options, file, args);
  args = [typeof options.argv0 === 'string' ? options.argv0 : file, ...args.map(String)];
  let env = options.env || process.env;
  if (runtime.isGuarded) {
    const { demand, optionsForChildren } = require('internal/permission');
    demand('ChildProcess', file);
    if (process.permission !== undefined) env = { ...env, NODE_OPTIONS: optionsForChildren(args, env.NODE_OPTIONS) };
  }
  return { ...options, file, args, envPairs: environmentPairs(env), detached: !!options.detached, __proto__: null };
}

module.exports = {
  normalizeSpawnArguments,
  validateTimeout,
  validateMaxBuffer,
  sanitizeKillSignal,
  pathOption,
  nullCheck,
  nullCheckAll,
  validateFunction,
  validateAbortSignal,
  validateOneOf,
};
