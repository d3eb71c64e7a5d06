'use strict';

// Node.js's permission model (Node.js documentation: Permissions). Whoever asks has looked at the option first: nothing of this is
// loaded without --permission or --permission-audit. What is refused is published, and with an audit allowed all the same.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { StringPrototypeStartsWith } = primordials;
const { resolve } = require('path'); // whatever the application makes of it later
const runtime = require('internal/runtime');

/** By the names that errors have: what is said in process.permission.has, the option, and the channel of diagnostics. */
const permissions = {
  __proto__: null,
  FileSystemRead: { scope: 'fs.read', option: '--allow-fs-read', channel: 'fs' },
  FileSystemWrite: { scope: 'fs.write', option: '--allow-fs-write', channel: 'fs' },
  ChildProcess: { scope: 'child', option: '--allow-child-process', channel: 'child' },
  WorkerThreads: { scope: 'worker', option: '--allow-worker', channel: 'worker' },
  WASI: { scope: 'wasi', option: '--allow-wasi', channel: 'wasi' },
  Addon: { scope: 'addon', option: '--allow-addons', channel: 'addon' },
  Inspector: { scope: 'inspector', option: '--allow-inspector', channel: 'inspector' },
  Net: { scope: 'net', option: '--allow-net', channel: 'net' },
};

const isAudit = getOptionValue('--permission-audit') === true && getOptionValue('--permission') !== true;

function nameOf(scope) {
  return Object.keys(permissions).find((name) => permissions[name].scope === scope);
}

// Paths: what is allowed as a whole, and the beginnings of what is.

const paths = { __proto__: null };
let isReading = false;
const dropped = new Set();

function isDirectory(path) {
  isReading = true;
  try {
    return require('fs').statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  } finally {
    isReading = false;
  }
}

function allowedPaths(name) {
  let allowed = paths[name];
  if (allowed === undefined) {
    allowed = paths[name] = { all: false, whole: { __proto__: null }, beginnings: [] };
    for (const given of getOptionValue(permissions[name].option) ?? []) {
      if (given === '*') {
        allowed.all = true;
        continue;
      }
      const path = resolve(given);
      if (path.endsWith('*')) {
        allowed.beginnings.push(path.slice(0, -1));
      } else {
        allowed.whole[path] = true;
        if (isDirectory(path)) allowed.beginnings.push(path === '/' ? path : `${path}/`);
      }
    }
    // The program itself, and what was to be loaded before it, can be read.
    if (name === 'FileSystemRead') {
      for (const file of [runtime.script, ...getOptionValue('--require')]) if (file) allowed.whole[resolve(file)] = true;
    }
  }
  return allowed;
}

function isPathAllowed(name, reference) {
  const allowed = allowedPaths(name);
  if (allowed.all) return true;
  if (reference === undefined) return false;
  const path = resolve(typeof reference === 'string' ? reference : `${reference}`);
  if (allowed.whole[path] === true) return true;
  const { beginnings } = allowed;
  for (let i = 0; i < beginnings.length; i++) if (StringPrototypeStartsWith(path, beginnings[i])) return true;
  return false;
}

function isAllowed(name, reference) {
  if (isReading) return true;
  if (permissions[name].channel === 'fs') return isPathAllowed(name, reference);
  return !dropped.has(name) && getOptionValue(permissions[name].option) === true;
}

function publish(name, resource) {
  const { channel } = require('diagnostics_channel');
  const topic = channel(`node:permission-model:${name === 'FileSystem' ? 'fs' : permissions[name].channel}`);
  if (topic.hasSubscribers) topic.publish({ permission: name, resource: resource ?? '', drop: undefined });
}

/** https://nodejs.org/api/permissions.html#permissionhasscope-reference */
function has(scope, reference = undefined) {
  const { validateBuffer, validateString } = require('internal/validators');
  validateString(scope, 'scope');
  if (reference !== undefined) {
    if (ArrayBuffer.isView(reference)) validateBuffer(reference, 'reference');
    else validateString(reference, 'reference');
  }
  const names = scope === 'fs' ? ['FileSystemRead', 'FileSystemWrite'] : [nameOf(scope)];
  return names.every((name) => {
    if (name === undefined) return false;
    const allowed = isAllowed(name, reference);
    if (!allowed) publish(name, reference === undefined ? undefined : `${reference}`);
    return allowed;
  });
}

/** The error of an access that the package whose code is running must not have. */
function packageDenial(name, resource = '') {
  if (!runtime.hasPackagePermissions) return undefined;
  const error = require('internal/permission/packages').denial(name, resource);
  if (error !== undefined) publish(name, resource);
  return error;
}

/** The error of an access that is not allowed; undefined if it is. */
function denial(name, resource = '') {
  const error = packageDenial(name, resource);
  return error !== undefined || process.permission === undefined ? error : processDenial(name, resource);
}

function processDenial(name, resource) {
  if (isAllowed(name, resource)) return undefined;
  publish(name, resource);
  if (isAudit) return undefined;
  const message = `Access to this API has been restricted. Use ${permissions[name].option} to manage permissions.`;
  const error = new Error(message); // which Node.js makes where it shows no code in its stack
  Error.captureStackTrace(error, processDenial);
  return Object.assign(error, { code: 'ERR_ACCESS_DENIED', permission: name, resource: `${resource}` });
}

/** A link can lead anywhere: only those may make one who may read and write everything. */
function refuseSymlink(target, path) {
  if (runtime.hasPackagePermissions) {
    const error = require('internal/permission/packages').linkDenial(target, path);
    if (error !== undefined) return error;
  }
  if (process.permission === undefined) return undefined;
  if (isAllowed('FileSystemRead') && isAllowed('FileSystemWrite')) return undefined;
  publish('FileSystem');
  return isAudit ? undefined : new codes.ERR_ACCESS_DENIED('fs.symlink API requires full fs.read and fs.write permissions.');
}

/** Throws where {@link denial} gives an error. */
function demand(name, resource) {
  const error = denial(name, resource);
  if (error !== undefined) throw error;
}

/**
 * Puts a check in front of functions of a binding. `table` has for each name a function that gets the arguments and gives an error or
 * undefined; a function as last argument gets the error as a callback does, unless the function is one of `throwing`.
 */
function guard(binding, table, throwing = new Set()) {
  for (const name of Object.keys(table)) {
    const call = binding[name];
    const check = table[name];
    binding[name] = (...args) => {
      const error = check(...args);
      if (error === undefined) return call(...args);
      const callback = args.at(-1);
      if (typeof callback !== 'function' || throwing.has(name)) throw error;
      process.nextTick(callback, error);
      return undefined;
    };
  }
}

/** What children are started with, so that they may do no more: NODE_OPTIONS of an environment, if nothing there says otherwise. */
function optionsForChildren(args, options = '') {
  if (args.includes('--permission') || options.includes('--permission')) return options;
  const flags = [getOptionValue('--permission') ? '--permission' : '--permission-audit'];
  for (const { option } of Object.values(permissions)) {
    const value = getOptionValue(option);
    if (Array.isArray(value)) flags.push(...value.map((path) => `${option}=${path}`));
    else if (value === true) flags.push(option);
  }
  return `${options}${options === '' ? '' : ' '}${flags.join(' ')}`;
}

const dangerous = {
  '__proto__': null, '--allow-addons': 'PERM0001', '--allow-child-process': 'PERM0002', '--allow-inspector': 'PERM0004',
  '--allow-wasi': 'PERM0005', '--allow-worker': 'PERM0006',
};

/** https://nodejs.org/api/permissions.html#permissiondropscope-reference: for good, and what was granted under that name. */
function drop(scope, reference) {
  const { validateString } = require('internal/validators');
  validateString(scope, 'scope');
  if (reference !== undefined) validateString(reference, 'reference');
  const names = scope === 'fs' ? ['FileSystemRead', 'FileSystemWrite'] : [nameOf(scope)];
  for (const name of names) {
    if (name === undefined) continue;
    if (permissions[name].channel !== 'fs') {
      dropped.add(name);
      continue;
    }
    const allowed = allowedPaths(name);
    if (reference === undefined) {
      paths[name] = { all: false, whole: { __proto__: null }, beginnings: [] };
    } else {
      const path = resolve(reference);
      delete allowed.whole[path];
      allowed.beginnings = allowed.beginnings.filter((beginning) => beginning !== `${path}/` && `${beginning}*` !== path);
    }
  }
}

/** Before anything of the application runs. */
function start() {
  Object.defineProperty(process, 'permission', {
    __proto__: null, value: { has, drop }, writable: false, enumerable: true, configurable: false,
  });
}

/** When the application is about to run, which may listen to warnings. */
function warn() {
  for (const option of Object.keys(dangerous)) {
    if (getOptionValue(option) !== true) continue;
    process.emitWarning(`The flag ${option} must be used with extreme caution. It could invalidate the permission model.`,
      'SecurityWarning', dangerous[option]);
  }
  if (getOptionValue('--allow-net') === true) process.emitWarning('The flag --allow-net is under experimental phase.', 'ExperimentalWarning');
}

module.exports = { demand, denial, guard, optionsForChildren, packageDenial, refuseSymlink, start, warn };
