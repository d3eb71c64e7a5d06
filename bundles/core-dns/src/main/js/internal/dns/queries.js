'use strict';

// resolve4(), resolveMx(), ..., reverse(): each under the name that c-ares' binding has in Node.js, for callbacks and promises.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, DNSException } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { finish } = require('internal/dns/channel');
const { isIP } = require('internal/dns/address');

// [method, c-ares' name, record type]
const METHODS = [
  ['resolveAny', 'queryAny', 'ANY'],
  ['resolve4', 'queryA', 'A'],
  ['resolve6', 'queryAaaa', 'AAAA'],
  ['resolveCaa', 'queryCaa', 'CAA'],
  ['resolveCname', 'queryCname', 'CNAME'],
  ['resolveMx', 'queryMx', 'MX'],
  ['resolveNs', 'queryNs', 'NS'],
  ['resolveTlsa', 'queryTlsa', 'TLSA'],
  ['resolveTxt', 'queryTxt', 'TXT'],
  ['resolveSrv', 'querySrv', 'SRV'],
  ['resolvePtr', 'queryPtr', 'PTR'],
  ['resolveNaptr', 'queryNaptr', 'NAPTR'],
  ['resolveSoa', 'querySoa', 'SOA'],
  ['reverse', 'getHostByAddr', undefined],
];

// Runs a query on a resolver's channel; callback(error, result).
function run(channel, syscall, type, name, ttl, callback) {
  if (require('internal/dns/lookup').isDenied(name, callback)) return;
  if (type === undefined) {
    reverse(channel, syscall, name, callback);
    return;
  }
  channel.query(name, type, (code, answers) => {
    if (code) {
      callback(new DNSException(code, syscall, name));
      return;
    }
    let result;
    try {
      result = finish(type, answers, ttl);
    } catch {
      callback(new DNSException('EBADRESP', syscall, name));
      return;
    }
    callback(null, result);
  });
}

function reverse(channel, syscall, address, callback) {
  if (isIP(address) === 0) throw new DNSException('EINVAL', syscall, address);
  const known = binding.hostsNames(address);
  if (known.length > 0) {
    process.nextTick(callback, null, known);
    return;
  }
  channel.query(binding.reverseName(address), 'PTR', (code, answers) => {
    if (code) callback(new DNSException(code === 'ENODATA' ? 'ENOTFOUND' : code, syscall, address));
    else callback(null, finish('PTR', answers, false));
  });
}

function named(name, length, fn) {
  Object.defineProperties(fn, {
    name: { __proto__: null, value: name, configurable: true },
    length: { __proto__: null, value: length, configurable: true },
  });
  return fn;
}

// Gives a Resolver's prototype its methods; `start(channel, syscall, type, name, ttl, callback)` is one form of running.
function defineQueries(Resolver, withCallback) {
  const byType = { __proto__: null };
  const { prototype } = Resolver;
  for (const { 0: method, 1: syscall, 2: type } of METHODS) {
    const query = withCallback ? callbackQuery(syscall, type) : promiseQuery(syscall, type);
    named(syscall, 2, query);
    define(prototype, method, query);
    if (type !== undefined) byType[type] = query;
  }
  define(prototype, 'resolve', withCallback ? function resolve(hostname, rrtype, callback) {
    let query;
    if (typeof rrtype === 'string') {
      query = byType[rrtype];
    } else if (typeof rrtype === 'function') {
      query = byType.A;
      callback = rrtype;
    } else {
      throw new ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
    }
    if (typeof query !== 'function') throw new ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    return Reflect.apply(query, this, [hostname, callback]);
  } : named('resolve', 2, function resolve(hostname, rrtype) {
    let query = byType.A;
    if (rrtype !== undefined) {
      validateString(rrtype, 'rrtype');
      query = byType[rrtype];
      if (query === undefined) throw new ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    }
    return Reflect.apply(query, this, [hostname]);
  }));
}

function define(target, name, value) {
  Object.defineProperty(target, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
}

function wantsTtl(type, options) {
  return (type === 'A' || type === 'AAAA') && Boolean(options?.ttl);
}

function callbackQuery(syscall, type) {
  return function(name, options, callback) {
    if (arguments.length <= 2) {
      callback = options;
      options = undefined;
    }
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    run(this._handle, syscall, type, name, wantsTtl(type, options), callback);
  };
}

function promiseQuery(syscall, type) {
  return function(name, options) {
    validateString(name, 'name');
    return new Promise((resolve, reject) => {
      run(this._handle, syscall, type, name, wantsTtl(type, options), (error, result) => {
        if (error) reject(error);
        else resolve(result);
      });
    });
  };
}

module.exports = { METHODS, defineQueries };
