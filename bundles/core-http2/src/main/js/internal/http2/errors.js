'use strict';

// Errors that the protocol's engine reports, in nghttp2's numbers.

const { kIsNodeError } = require('internal/symbols');

const TEXTS = {
  '__proto__': null,
  '-501': 'Invalid argument',
  '-505': 'Protocol error',
  '-509': 'Stream ID is not available',
  '-510': 'Stream was already closed or invalid',
  '-522': 'The length of the frame is invalid',
  '-523': 'Header block inflate/deflate error',
  '-524': 'Flow control error',
  '-536': 'Too many CONTINUATION frames following a HEADER frame',
  '-903': 'Received bad client magic byte string',
  '-904': 'Flooding was detected in this HTTP/2 session, and it must be closed',
  '-905': 'SETTINGS frame contained more than the maximum allowed number of entries',
};

const NAMED = { __proto__: null, ERR_HTTP2_TOO_MANY_INVALID_FRAMES: 'Too many invalid HTTP/2 frames' };

class NghttpError extends Error {
  constructor(number, name) {
    super(name ? NAMED[name] ?? name : TEXTS[number] ?? 'Unknown error code');
    this.code = name || 'ERR_HTTP2_ERROR';
    this.errno = number;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}
Object.defineProperty(NghttpError.prototype, kIsNodeError, { __proto__: null, value: true, configurable: true });
Object.defineProperty(NghttpError.prototype, 'name', { __proto__: null, value: 'Error', writable: true, configurable: true });
Object.defineProperty(NghttpError.prototype, 'constructor', { __proto__: null, value: Error, writable: true, configurable: true });

module.exports = { NghttpError };
