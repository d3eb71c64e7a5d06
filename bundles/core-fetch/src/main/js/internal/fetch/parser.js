'use strict';

/**
 * What stands for the globals Buffer and WebAssembly in the file that drives undici's parser: the module that it compiles is the
 * native parser, and the Buffer that it cuts out of its input is the part of the message that this parser found.
 */
function scope() {
  const { Buffer } = require('buffer');
  const { createLlhttp } = require('internal/http/llhttp');
  const { ERROR } = require('internal/deps/undici/lib/llhttp/constants');
  let parser = null;
  function Part() {
    return parser.span();
  }
  return {
    Buffer: Object.create(Buffer, { [Symbol.species]: { __proto__: null, value: Part } }),
    WebAssembly: {
      Module: function Module() {},
      Instance: function Instance(module, imports) {
        parser = createLlhttp(imports.env, ERROR);
        this.exports = parser.exports;
      },
    },
  };
}

module.exports = { scope };
