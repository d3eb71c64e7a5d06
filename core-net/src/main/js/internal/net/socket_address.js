'use strict';

const { codes: { ERR_INVALID_ADDRESS, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { isIP } = require('internal/net/address');

const kEndpoint = stateSymbol('net.SocketAddress');

const anyFamily = {
  __proto__: null,
  ipv4: { version: 4, address: '127.0.0.1' },
  ipv6: { version: 6, address: '::' },
};

class SocketAddress {
  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    validateString(family, 'options.family');
    family = family.toLowerCase();
    const kind = anyFamily[family];
    if (kind === undefined) throw new ERR_INVALID_ARG_VALUE('options.family', options.family);
    const { address = kind.address, port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (isIP(address) !== kind.version) throw new ERR_INVALID_ADDRESS();
    Object.defineProperty(this, kEndpoint, {
      __proto__: null,
      value: {
        address: binding.canonicalAddress(address), port: port | 0, family, flowlabel: kind.version === 6 ? flowlabel : 0,
      },
    });
  }

  get address() {
    return this[kEndpoint].address;
  }

  get port() {
    return this[kEndpoint].port;
  }

  get family() {
    return this[kEndpoint].family;
  }

  get flowlabel() {
    return this[kEndpoint].flowlabel;
  }

  toJSON() {
    return { ...this[kEndpoint] };
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[SocketAddress]';
    const { inspect } = require('util');
    return `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static isSocketAddress(value) {
    return value?.[kEndpoint] !== undefined;
  }

  // `address`, `address:port` or `[ipv6]:port`; undefined for anything else.
  static parse(input) {
    validateString(input, 'input');
    try {
      const { hostname, port } = new URL(`http://${input}`);
      const bracketed = hostname.startsWith('[') && hostname.endsWith(']');
      return new SocketAddress({
        address: bracketed ? hostname.slice(1, -1) : hostname,
        family: bracketed ? 'ipv6' : 'ipv4',
        port: port | 0,
      });
    } catch {
      return undefined;
    }
  }
}

for (const name of ['address', 'port', 'family', 'flowlabel', 'toJSON']) {
  Object.defineProperty(SocketAddress.prototype, name, { __proto__: null, enumerable: name !== 'toJSON' });
}

module.exports = { SocketAddress };
