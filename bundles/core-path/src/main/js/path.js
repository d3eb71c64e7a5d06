'use strict';

const lazily = (name, id) => Object.defineProperty(module.exports, name, {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    const value = require(id);
    Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
    return value;
  },
  set(value) {
    Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
  },
});

// The other system's half is loaded when somebody asks for it.
if (process.platform === 'win32') {
  module.exports = require('internal/path/win32');
  module.exports.win32 = module.exports;
  lazily('posix', 'path/posix');
} else {
  module.exports = require('internal/path/posix');
  lazily('win32', 'path/win32');
  module.exports.posix = module.exports;
}
// As Node.js has had it from before path.toNamespacedPath.
module.exports._makeLong = module.exports.toNamespacedPath;
