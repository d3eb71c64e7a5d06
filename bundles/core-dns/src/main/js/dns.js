'use strict';

const runtime = require('internal/runtime');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { kCustomPromisifyArgsSymbol } = require('internal/util');
const codes = require('internal/dns/codes');
const { isIP } = require('internal/dns/address');
const { getDefaultResultOrder, setDefaultResultOrder } = require('internal/dns/order');
const {
  ADDRCONFIG, ALL, V4MAPPED, parseLookup, emptyHostname, runLookup, parseLookupService, runLookupService,
} = require('internal/dns/lookup');

function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  } else if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  validateFunction(callback, 'callback');
  const query = parseLookup(hostname, options);
  if (!hostname) throw emptyHostname(hostname);

  const family = isIP(hostname);
  if (family) {
    if (query.all) runtime.nextTick(callback, null, [{ address: hostname, family }]);
    else runtime.nextTick(callback, null, hostname, family);
    return {};
  }
  if (runtime.asyncTracker !== undefined) callback = runtime.asyncTracker.request('GETADDRINFOREQWRAP', callback);
  runLookup(hostname, query, (error, addresses) => {
    if (error) callback(error);
    else if (query.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  });
  return { family: query.family, hostname };
}

Object.defineProperty(lookup, kCustomPromisifyArgsSymbol, {
  __proto__: null, value: ['address', 'family'], enumerable: false,
});

function lookupService(address, port, callback) {
  parseLookupService(arguments, 3);
  validateFunction(callback, 'callback');
  const told = runtime.asyncTracker === undefined ? callback : runtime.asyncTracker.request('GETNAMEINFOREQWRAP', callback);
  runLookupService(address, port, told);
  return { callback, hostname: address, port: +port };
}

Object.defineProperty(lookupService, kCustomPromisifyArgsSymbol, {
  __proto__: null, value: ['hostname', 'service'], enumerable: false,
});

module.exports = {
  lookup,
  lookupService,
  Resolver: undefined,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: undefined,
  ADDRCONFIG,
  ALL,
  V4MAPPED,
  ...codes,
};

// lookup() alone, which connecting needs, does without the resolver.
const lazily = ['Resolver', 'setServers', 'getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa',
                'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv',
                'resolveTlsa', 'resolveTxt', 'reverse'];
let resolverExports;

function readResolver(name) {
  if (resolverExports === undefined) {
    const {
      CallbackResolver, defaultResolver, defaultResolverSetServers, boundMethods,
    } = require('internal/dns/resolver');
    resolverExports = {
      ...boundMethods(defaultResolver), Resolver: CallbackResolver, setServers: defaultResolverSetServers,
    };
  }
  return resolverExports[name];
}

for (const name of lazily) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = readResolver(name);
      define(name, value);
      return value;
    },
    set(value) {
      define(name, value);
    },
  });
}

function define(name, value) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true, value,
  });
}

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('dns/promises');
  },
});
