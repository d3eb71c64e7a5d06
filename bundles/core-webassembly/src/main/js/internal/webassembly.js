'use strict';

// The global WebAssembly. The engine's own namespace has all but what takes a Response of fetch.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');

const WebAssembly = runtime.webAssembly();
const { compile, instantiate } = WebAssembly;

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
  async compileStreaming(source) {
    return compile.call(WebAssembly, await bytesOf(source));
  },
  async instantiateStreaming(source, imports) {
    return instantiate.call(WebAssembly, await bytesOf(source), imports);
  },
};
for (const name of Object.keys(streaming)) {
  Object.defineProperty(WebAssembly, name, { __proto__: null, value: streaming[name], writable: true, enumerable: true, configurable: true });
}

module.exports = { WebAssembly };
