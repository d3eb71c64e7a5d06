'use strict';

// Where undici meets this runtime: its parser, and the one class that it shares with worker_threads.

/**
 * What stands for the globals Buffer and WebAssembly in the file that drives undici's parser: the module that it compiles is the
 * native parser, and the Buffer that it cuts out of its input is the part of the message that this parser found.
 */
function parserScope(load) {
  const { Buffer } = require('buffer');
  const { createLlhttp } = require('internal/http/llhttp');
  const { ERROR } = load('lib/llhttp/constants');
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

/** MessageEvent is one class, also for message ports and for those who never open a web socket. */
function adapt(id, exports) {
  if (id !== 'lib/web/websocket/events') return;
  const { MessageEvent } = require('worker_threads');
  exports.MessageEvent = MessageEvent;
  exports.createFastMessageEvent = (type, init) => new MessageEvent(type, init);
}

module.exports = { adapt, parserScope };
