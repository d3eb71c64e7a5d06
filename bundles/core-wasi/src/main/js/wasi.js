'use strict';

const runtime = require('internal/runtime');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_WASI_ALREADY_STARTED } } = require('internal/errors');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUndefined,
} = require('internal/validators');
const { emitExperimentalWarning, kEmptyObject } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

const kState = stateSymbol('wasi.state');
/** Thrown by proc_exit, through the guest's frames. */
const kExit = stateSymbol('wasi.exit');

const namespaces = { __proto__: null, unstable: 'wasi_unstable', preview1: 'wasi_snapshot_preview1' };

emitExperimentalWarning('WASI');

function readDescriptors({ stdin = 0, stdout = 1, stderr = 2 }) {
  validateInt32(stdin, 'options.stdin', 0);
  validateInt32(stdout, 'options.stdout', 0);
  validateInt32(stderr, 'options.stderr', 0);
  return [stdin, stdout, stderr];
}

class WASI {
  constructor(options = kEmptyObject) {
    validateObject(options, 'options');
    validateString(options.version, 'options.version');
    const namespace = namespaces[options.version];
    if (namespace === undefined) throw new ERR_INVALID_ARG_VALUE('options.version', options.version, 'unsupported WASI version');
    if (options.args !== undefined) validateArray(options.args, 'options.args');
    const args = (options.args ?? []).map((arg) => `${arg}`);
    const env = [];
    if (options.env !== undefined) {
      validateObject(options.env, 'options.env');
      for (const name of Object.keys(options.env)) if (options.env[name] !== undefined) env.push(`${name}=${options.env[name]}`);
    }
    if (options.preopens !== undefined) validateObject(options.preopens, 'options.preopens');
    const standard = readDescriptors(options);
    const { returnOnExit = true } = options;
    validateBoolean(returnOnExit, 'options.returnOnExit');
    if (runtime.isGuarded) require('internal/permission').demand('WASI');
    const { DescriptorTable } = require('internal/wasi/descriptors');
    const { newImports } = require('internal/wasi/imports');
    const guest = { args, env, fds: new DescriptorTable(standard, options.preopens ?? {}), memory: undefined };
    const state = { guest, namespace, isStarted: false, exitCode: 0, instance: undefined };
    Object.defineProperty(this, kState, { __proto__: null, value: state });
    this.wasiImport = newImports(guest, returnOnExit ? returnFrom(state) : exitProcess);
  }

  finalizeBindings(instance, { memory = instance?.exports?.memory } = kEmptyObject) {
    const state = this[kState];
    if (state.isStarted) throw new ERR_WASI_ALREADY_STARTED();
    validateObject(instance, 'instance');
    validateObject(instance.exports, 'instance.exports');
    if (Object.prototype.toString.call(memory) !== '[object WebAssembly.Memory]') {
      const error = new TypeError('"instance.exports.memory" property must be a WebAssembly.Memory object');
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    state.guest.memory = new (require('internal/wasi/memory').GuestMemory)(memory);
    state.isStarted = true;
    state.instance = instance;
  }

  start(instance) {
    this.finalizeBindings(instance);
    const { _initialize, _start } = this[kState].instance.exports;
    validateFunction(_start, 'instance.exports._start');
    validateUndefined(_initialize, 'instance.exports._initialize');
    try {
      _start();
    } catch (error) {
      if (error !== kExit) throw error;
    }
    return this[kState].exitCode;
  }

  initialize(instance) {
    this.finalizeBindings(instance);
    const { _initialize, _start } = this[kState].instance.exports;
    validateUndefined(_start, 'instance.exports._start');
    if (_initialize !== undefined) {
      validateFunction(_initialize, 'instance.exports._initialize');
      _initialize();
    }
  }

  getImportObject() {
    return { [this[kState].namespace]: this.wasiImport };
  }
}

function returnFrom(state) {
  return function wasiReturnOnProcExit(code) {
    state.exitCode = code;
    throw kExit;
  };
}

function exitProcess(code) {
  process.reallyExit(code);
}

module.exports = { WASI };
