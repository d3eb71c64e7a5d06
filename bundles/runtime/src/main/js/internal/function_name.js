'use strict';

function assignFunctionName(name, fn, descriptor) {
  if (typeof name !== 'string') name = name.description ? `[${name.description}]` : '';
  return Object.defineProperty(fn, 'name', { __proto__: null, writable: false, enumerable: false, configurable: true,
                                      ...Object.getOwnPropertyDescriptor(fn, 'name'), ...descriptor, value: name });
}

module.exports = { assignFunctionName };
