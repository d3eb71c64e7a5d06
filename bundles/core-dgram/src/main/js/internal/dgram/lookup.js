'use strict';

// From a socket's type to a handle that can look names up for it.

const { codes: { ERR_SOCKET_BAD_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { UDP } = require('internal/dgram/handle');

const families = {
  __proto__: null,
  udp4: { family: 4, any: '127.0.0.1' },
  udp6: { family: 6, any: '::1' },
};

function newHandle(type, lookup) {
  if (lookup === undefined) lookup = require('dns').lookup;
  else validateFunction(lookup, 'lookup');
  const kind = typeof type === 'string' ? families[type] : undefined;
  if (kind === undefined) throw new ERR_SOCKET_BAD_TYPE();
  const handle = new UDP(type);
  setLookup(handle, (address, callback) => lookup(address || kind.any, kind.family, callback));
  return handle;
}

function setLookup(handle, lookup) {
  Object.defineProperty(handle, 'lookup', { __proto__: null, value: lookup, writable: true, configurable: true });
}

module.exports = { newHandle, setLookup };
