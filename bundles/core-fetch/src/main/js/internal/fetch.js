'use strict';

// What undici puts on the global object. Each of its files is evaluated when another one requires it, and none before one of these
// is touched: who wants Headers alone gets no sockets.

const runtime = require('internal/runtime');

const { sharedClass } = runtime;

const ROOT = 'internal/deps/undici/lib/web/';

const files = {
  FormData: 'fetch/formdata',
  Headers: 'fetch/headers',
  Request: 'fetch/request',
  Response: 'fetch/response',
  WebSocket: 'websocket/websocket',
  CloseEvent: 'websocket/events',
  ErrorEvent: 'websocket/events',
  EventSource: 'eventsource/eventsource',
};

for (const name of Object.keys(files)) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return find(name); },
  });
}

/** A class as the application has it, whatever revision serves it. */
function find(name) {
  // Request knows its bodies by what the file of Response defines.
  if (name === 'Request') require(ROOT + files.Response);
  return sharedClass(require(ROOT + files[name])[name]);
}

let fetchOfUndici;

/** A connection that somebody else has opened is no way around what a package may reach. */
function denialOf(input) {
  const { host, hostname, port, protocol } = new URL(input?.url ?? input);
  if (host === '') return undefined;
  return require('internal/permission').packageDenial('Net', `${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`);
}

module.exports.fetch = function fetch(input, init) {
  if (runtime.hasPackagePermissions && URL.canParse(input?.url ?? input)) {
    const error = denialOf(input);
    if (error !== undefined) return Promise.reject(new TypeError('fetch failed', { cause: error }));
  }
  if (fetchOfUndici === undefined) {
    fetchOfUndici = require('internal/deps/undici/lib/web/fetch/index').fetch;
    require('internal/fetch/agent').setUp();
  }
  return fetchOfUndici(input, init).catch((error) => {
    if (error && typeof error === 'object') Error.captureStackTrace(error);
    throw error;
  });
};

/** Lets fetch find its proxies in an environment; returns what takes that back. */
module.exports.useProxies = (env) => require('internal/fetch/agent').useProxies(env);
