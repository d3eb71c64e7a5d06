'use strict';

// The global `gc` of --expose-gc. The JVM collects everything whatever kind of collection is asked for.

const { collectGarbage } = require('internal/runtime');

module.exports = function gc(options) {
  if (options?.execution !== 'async') {
    collectGarbage();
    return undefined;
  }
  return new Promise((resolve) => {
    setImmediate(() => {
      collectGarbage();
      resolve();
    });
  });
};
