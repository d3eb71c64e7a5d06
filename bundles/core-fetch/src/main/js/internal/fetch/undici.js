'use strict';

// undici's files, as its package has them. Each is read and evaluated when another one requires it: who touches Headers alone gets
// no sockets.

const { posix } = require('path');
const runtime = require('internal/runtime');

const ROOT = 'internal/deps/undici/';
/** The one file that drives the parser. */
const CLIENT = 'lib/dispatcher/client-h1';

const builtins = {
  '__proto__': null,
  'assert': () => require('assert'),
  'async_hooks': () => require('async_hooks'),
  'buffer': () => require('buffer'),
  'console': () => require('console'),
  'crypto': () => require('crypto'),
  'diagnostics_channel': () => require('diagnostics_channel'),
  'dns': () => require('dns'),
  'events': () => require('events'),
  'http': () => require('http'),
  'net': () => require('net'),
  'perf_hooks': () => require('perf_hooks'),
  'querystring': () => require('querystring'),
  'stream': () => require('stream'),
  'timers': () => require('timers'),
  'tls': () => require('tls'),
  'url': () => require('url'),
  'util': () => require('util'),
  'util/types': () => require('util').types,
  'worker_threads': () => require('worker_threads'),
  'zlib': () => require('zlib'),
};

const records = new Map();

/** The exports of a file of undici; `id` is its path in the package, without its ending. */
function load(id) {
  let record = records.get(id);
  if (record === undefined) {
    let text = binding.source(ROOT + id);
    if (typeof text !== 'string') {
      if (id.endsWith('/index')) throw missing(id);
      return load(`${id}/index`);
    }
    record = { exports: {} };
    records.set(id, record);
    let loaded = false;
    try {
      evaluate(id, text, record);
      loaded = true;
    } finally {
      if (!loaded) records.delete(id);
    }
    require('internal/fetch/adaptations').adapt(id, record.exports);
  }
  return record.exports;
}

function evaluate(id, text, record) {
  const requireFrom = (request) => find(id, request);
  const scope = id === CLIENT ? require('internal/fetch/adaptations').parserScope(load) : {};
  const names = ['exports', 'require', 'module', 'process', ...Object.keys(scope)];
  runtime.compileFunction(text, `node:${ROOT}${id}`, names.join())(record.exports, requireFrom, record, process, ...Object.values(scope));
}

function find(from, request) {
  if (request[0] === '.') {
    const id = posix.join(posix.dirname(from), request).replace(/\.js$/, '');
    // The parser in WebAssembly is not in the bundle; see adaptations.js.
    return id.endsWith('-wasm') ? null : load(id);
  }
  const builtin = builtins[request.replace(/^node:/, '')];
  if (builtin === undefined) throw missing(request);
  return builtin();
}

function missing(request) {
  const error = new Error(`Cannot find module '${request}'`);
  error.code = 'MODULE_NOT_FOUND';
  return error;
}

module.exports = { load };
