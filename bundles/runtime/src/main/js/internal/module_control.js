'use strict';

// nodule:modules: what the commands of the launcher do, for the program itself. Each function gives a promise.

const { getOptionValue } = require('internal/options');
const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateObject, validateString } = require('internal/validators');
const control = require('internal/module_control_binding');

if (!getOptionValue('--allow-module-control')) {
  const error = new Error('Access to this API has been restricted. Use --allow-module-control to manage permissions.');
  error.code = 'ERR_ACCESS_DENIED';
  error.permission = 'ModuleControl';
  throw error;
}

function ask(operation, ...args) {
  return new Promise((resolve, reject) => {
    operation(...args, (error, report) => {
      if (error) reject(error);
      else resolve(report);
    });
  });
}

/** Every core module: { module, version, shipped, previous, loaded, calls, errors, handles, draining, ids }. */
async function list() {
  return ask(control.list);
}

/** What was done and refused in this process. */
async function history() {
  return ask(control.history);
}

/** Replaces core modules by bundles, all at once or none. */
async function swap(jars, options = {}) {
  if (typeof jars === 'string') jars = [jars];
  validateArray(jars, 'jars', 1);
  for (const jar of jars) validatePath(jar, 'jars');
  const { allowOlder, persist } = changeOptions(options);
  return ask(control.swap, jars.join('\0'), allowOlder, persist);
}

/** Applies a signed update of `nodule dist --update`. */
async function update(file, options = {}) {
  validatePath(file, 'file');
  const { allowOlder, persist } = changeOptions(options);
  return ask(control.update, file, allowOlder, persist);
}

function validatePath(path, name) {
  validateString(path, name);
  if (path.includes('\0')) throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a path without null bytes');
}

function changeOptions(options) {
  validateObject(options, 'options');
  const { allowOlder = false, persist = true } = options;
  validateBoolean(allowOlder, 'options.allowOlder');
  validateBoolean(persist, 'options.persist');
  return { allowOlder, persist };
}

/** Brings the version before back, or the one that the distribution came with. */
async function rollback(module, options = {}) {
  validateString(module, 'module');
  validateObject(options, 'options');
  const { shipped = false } = options;
  validateBoolean(shipped, 'options.shipped');
  return ask(control.rollback, module, shipped);
}

/** Takes a module away: calls fail with ERR_MODULE_UNAVAILABLE. */
async function stop(module) {
  validateString(module, 'module');
  return ask(control.stop, module);
}

/** Brings a stopped module back. */
async function start(module) {
  validateString(module, 'module');
  return ask(control.start, module);
}

module.exports = { history, list, rollback, start, stop, swap, update };
