'use strict';

// The global WebAssembly. The engine's own namespace has all but what takes a Response of fetch.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');

// The namespace is one for the realm's life; two of its functions do what the current revision says.
const realm = sharedState('webassembly', () => {
  const WebAssembly = runtime.webAssembly();
  runtime.keepOffFace(WebAssembly);
  const { compile, instantiate } = WebAssembly;
  const state = { WebAssembly, compile, instantiate, streaming: undefined };
  const stable = {
    compileStreaming(source) { return state.streaming.compile(source); },
    instantiateStreaming(source, imports) { return state.streaming.instantiate(source, imports); },
  };
  for (const name of Object.keys(stable)) {
    Object.defineProperty(WebAssembly, name, { __proto__: null, value: stable[name], writable: true, enumerable: true, configurable: true });
  }
  return state;
});
const { WebAssembly } = realm;

/** The bytes of a Response that a WebAssembly module may come from. */
async function bytesOf(source) {
  const response = await source;
  const { Response } = require('internal/fetch');
  if (!(response instanceof Response)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Response', 'Promise resolving to Response'], response);
  const type = response.headers.get('Content-Type');
  if (type !== 'application/wasm') throw new codes.ERR_WEBASSEMBLY_RESPONSE(`has unsupported MIME type '${type}'`);
  if (!response.ok) throw new codes.ERR_WEBASSEMBLY_RESPONSE(`has status code ${response.status}`);
  if (response.bodyUsed) throw new codes.ERR_WEBASSEMBLY_RESPONSE('body has already been used');
  return response.arrayBuffer();
}

const streaming = {
  async compile(source) {
    return realm.compile.call(WebAssembly, await bytesOf(source));
  },
  async instantiate(source, imports) {
    return realm.instantiate.call(WebAssembly, await bytesOf(source), imports);
  },
};
realm.streaming ??= streaming;

function becomeCurrent() {
  realm.streaming = streaming;
}

module.exports = { WebAssembly, becomeCurrent };
