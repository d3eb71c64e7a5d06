'use strict';

// Hashes and ciphers are streams that few programs use as such: the state of a stream is made when somebody touches it.

const { Transform } = require('stream');

function LazyTransform(options) {
  Object.defineProperty(this, '_options', { __proto__: null, value: options, writable: true, configurable: true });
}
Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype);
Object.setPrototypeOf(LazyTransform, Transform);

for (const name of ['_readableState', '_writableState']) {
  Object.defineProperty(LazyTransform.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      Transform.call(this, this._options);
      this._writableState.decodeStrings = false;
      return this[name];
    },
    set(value) {
      Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    },
  });
}

module.exports = { LazyTransform };
