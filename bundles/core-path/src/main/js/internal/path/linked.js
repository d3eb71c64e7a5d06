'use strict';

// Defines `name` as what `require(id)` gives to users, from when it is first read.
function link(object, name, id) {
  Object.defineProperty(object, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = require('internal/runtime').requireBuiltin(id);
      Object.defineProperty(object, name, { __proto__: null, value, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(object, name, { __proto__: null, value, writable: true });
    },
  });
}

module.exports = { link };
