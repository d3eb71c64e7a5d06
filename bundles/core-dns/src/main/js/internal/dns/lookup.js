'use strict';

const runtime = require('internal/runtime');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS }, DNSException } = require('internal/errors');
const {
  validateBoolean, validateNumber, validateOneOf, validatePort, validateString,
} = require('internal/validators');
const { isIP, addressText } = require('internal/dns/address');
const { ORDERS, arrange, getDefaultResultOrder } = require('internal/dns/order');

const ADDRCONFIG = 32;
const ALL = 16;
const V4MAPPED = 8;

const FAMILIES = [0, 4, 6];

function validateHints(hints) {
  if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw new ERR_INVALID_ARG_VALUE('hints', hints);
}

// What lookup() and its promise form are asked for, checked; throws what is wrong with it.
function parseLookup(hostname, options) {
  if (hostname) validateString(hostname, 'hostname');
  const query = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (typeof options === 'number') {
    validateOneOf(options, 'family', FAMILIES);
    query.family = options;
  } else if (options !== undefined && typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else if (options !== undefined && options !== null) {
    if (options.hints != null) {
      validateNumber(options.hints, 'options.hints');
      query.hints = options.hints >>> 0;
      validateHints(query.hints);
    }
    if (options.family != null) {
      if (options.family === 'IPv4') {
        query.family = 4;
      } else if (options.family === 'IPv6') {
        query.family = 6;
      } else {
        validateOneOf(options.family, 'options.family', FAMILIES);
        query.family = options.family;
      }
    }
    if (options.all != null) {
      validateBoolean(options.all, 'options.all');
      query.all = options.all;
    }
    if (options.verbatim != null) {
      validateBoolean(options.verbatim, 'options.verbatim');
      query.order = options.verbatim ? 'verbatim' : 'ipv4first';
    }
    if (options.order != null) {
      validateOneOf(options.order, 'options.order', ORDERS);
      query.order = options.order;
    }
  }
  return query;
}

function emptyHostname(hostname) {
  return new ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
}

/** Whether the permission model refuses; the callback has been told then. */
function isDenied(name, callback) {
  if (!runtime.isGuarded) return false;
  const error = require('internal/permission').denial('Net', name);
  if (error !== undefined) process.nextTick(callback, error);
  return error !== undefined;
}

// Calls back with an error, or with null and [{ address, family }].
function runLookup(hostname, { family, hints, order }, callback) {
  const { toASCII } = require('internal/dns/idna');
  if (isDenied(hostname, callback)) return;
  binding.lookup(toASCII(hostname), family, hints, (error, found) => {
    if (error) {
      callback(new DNSException(error.errno, 'getaddrinfo', hostname));
      return;
    }
    const addresses = found.map((bytes) => ({ address: addressText(bytes), family: bytes.length === 4 ? 4 : 6 }));
    callback(null, arrange(addresses, order));
  });
}

function parseLookupService(args, minimum) {
  const { 0: address, 1: port } = args;
  if (args.length !== minimum) throw new ERR_MISSING_ARGS(...['address', 'port', 'callback'].slice(0, minimum));
  if (typeof address !== 'string' || isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
}

function runLookupService(address, port, callback) {
  if (isDenied(address, callback)) return;
  binding.lookupService(address, +port, (error, found) => {
    if (error) callback(new DNSException(error.errno, 'getnameinfo', address));
    else callback(null, found[0], found[1]);
  });
}

module.exports = {
  ADDRCONFIG, ALL, V4MAPPED, isDenied, parseLookup, emptyHostname, runLookup, parseLookupService, runLookupService,
};
