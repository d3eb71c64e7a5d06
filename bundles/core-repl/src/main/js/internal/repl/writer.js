'use strict';

// How results are shown.

const { inspect } = require('internal/util/inspect');

function writer(value) {
  return inspect(value, writer.options);
}
writer.options = { ...inspect.defaultOptions, showProxy: true };

/** Of one server, with colors of its own. */
function newWriter(options) {
  const own = (value) => inspect(value, own.options);
  own.options = { ...writer.options, ...options };
  return own;
}

Object.defineProperty(inspect, 'replDefaults', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => writer.options,
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    Object.assign(writer.options, options);
  },
});

module.exports = { newWriter, writer };
