'use strict';

// Keys, certificates, trust and versions, for many connections.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_TLS_INVALID_PROTOCOL_METHOD,
           ERR_TLS_PROTOCOL_VERSION_CONFLICT, ERR_FEATURE_UNAVAILABLE_ON_PLATFORM },
} = require('internal/errors');
const { validateInt32, validateInteger, validateObject, validateString } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');
const { DEFAULT_CIPHERS, VERSIONS, checkVersion, pemBytes } = require('internal/tls/common');

const SERVER_PREFERENCE = 0x00400000; // SSL_OP_CIPHER_SERVER_PREFERENCE

// Bits of secureOptions that switch a version off
const NO_VERSION = { 'TLSv1': 0x04000000, 'TLSv1.1': 0x10000000, 'TLSv1.2': 0x08000000, 'TLSv1.3': 0x20000000 };

const methods = /^(?:(SSLv2)|(SSLv3)|(SSLv23|TLS)|TLSv1(_[123])?)(?:_server|_client)?_method$/;

// The versions that an old name of a method stands for.
function versionsOf(method) {
  const match = methods.exec(method);
  if (match === null) throw new ERR_TLS_INVALID_PROTOCOL_METHOD(`Unknown method: ${method}`);
  if (match[1]) throw new ERR_TLS_INVALID_PROTOCOL_METHOD('SSLv2 methods disabled');
  if (match[2]) throw new ERR_TLS_INVALID_PROTOCOL_METHOD('SSLv3 methods disabled');
  if (match[3]) return ['TLSv1', method.startsWith('SSLv23') ? 'TLSv1.2' : 'TLSv1.3'];
  const version = `TLSv1${match[4] ? match[4].replace('_', '.') : ''}`;
  return [version, version];
}

let registry;

// How a context was made, and what another revision of this module made of it: its number is of one revision's binding.
const kRecipe = stateSymbol('tls.recipe');

// What stands for the engine's context; the number is given back when nobody holds this.
function NativeContext(min, max) {
  this.id = binding.newContext(min, max);
  Object.defineProperties(this, {
    id: { __proto__: null, enumerable: false, writable: false, configurable: false },
    [kRecipe]: { __proto__: null, value: { binding, versions: [min, max], options: undefined, added: [], successor: undefined } },
  });
  registry ??= new FinalizationRegistry((id) => binding.freeContext(id));
  registry.register(this, this.id);
}
Object.defineProperty(NativeContext, 'name', { __proto__: null, value: 'SecureContext' });

// Node.js shows this much of its own class, and programs use it.
NativeContext.prototype.addCACert = function addCACert(pem) {
  const bytes = pemBytes(pem, 'cert');
  const { id } = currentContext(this);
  run(() => binding.addRoots(id, bytes));
  this[kRecipe].added.push(pem);
};

/** The context itself, or one that is made as it was if it is an earlier revision's. */
function currentContext(native) {
  const { [kRecipe]: recipe } = native;
  if (recipe === undefined || recipe.binding === binding) return native;
  if (recipe.successor?.[kRecipe].binding !== binding) {
    const successor = new NativeContext(...recipe.versions);
    if (recipe.options !== undefined) configure(successor, recipe.options, 'options');
    for (const pem of recipe.added) successor.addCACert(pem);
    recipe.successor = successor;
  }
  return recipe.successor;
}

function SecureContext(secureProtocol, secureOptions, minVersion, maxVersion) {
  if (!(this instanceof SecureContext)) return new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  const tls = require('tls');
  let min;
  let max;
  if (secureProtocol) {
    if (minVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
    if (maxVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
    validateString(secureProtocol, 'secureProtocol');
    ({ 0: min, 1: max } = versionsOf(secureProtocol));
  } else {
    min = checkVersion(minVersion, 'minimum', tls.DEFAULT_MIN_VERSION);
    max = checkVersion(maxVersion, 'maximum', tls.DEFAULT_MAX_VERSION);
  }
  if (secureOptions) {
    validateInteger(secureOptions, 'secureOptions');
    while (secureOptions & NO_VERSION[max] && max !== VERSIONS[0]) max = VERSIONS[VERSIONS.indexOf(max) - 1];
    while (secureOptions & NO_VERSION[min] && min !== max) min = VERSIONS[VERSIONS.indexOf(min) + 1];
  }
  this.context = new NativeContext(min, max);
}

function opensslError(error) {
  // Java says '<code>:<message>'.
  const { message } = error;
  const match = /^(ERR_\w+):([^:]*):(.*)$/s.exec(message);
  const failure = new Error(match ? match[3] : message);
  failure.code = match ? match[1] : 'ERR_CRYPTO_OPERATION_FAILED';
  if (match) {
    failure.library = match[2];
    const reason = /([^:]*)$/.exec(match[3]);
    failure.reason = reason[1];
  }
  return failure;
}

function run(action) {
  try {
    return action();
  } catch (error) {
    throw opensslError(error);
  }
}

function asList(value) {
  return Array.isArray(value) ? value : [value];
}

// Each key with the certificate at the same place; a certificate alone is one of a context that has its key from elsewhere.
function addIdentities(id, { key, cert, passphrase }, name) {
  const certificates = cert ? asList(cert).map((one) => pemBytes(one, `${name}.cert`)) : [];
  const keys = [];
  if (key) {
    for (const one of asList(key)) {
      // A key with its passphrase is one of a list.
      const value = one !== key && one?.pem !== undefined ? one.pem : one;
      const secret = one?.passphrase !== undefined ? one.passphrase : passphrase;
      if (secret !== undefined && secret !== null) validateString(secret, `${name}.passphrase`);
      keys.push({ pem: pemBytes(value, `${name}.key`), secret });
    }
  }
  for (const pem of certificates) run(() => binding.addCertificates(id, pem));
  for (const { pem, secret } of keys) run(() => binding.addKey(id, pem, secret));
  run(() => binding.pairKeys(id));
}

function addStores(id, { pfx, passphrase }, name) {
  for (const one of asList(pfx)) {
    const value = one?.buf ?? one;
    const secret = one?.passphrase || passphrase;
    if (secret !== undefined && secret !== null) validateString(secret, `${name}.passphrase`);
    const bytes = pemBytes(value, `${name}.pfx`);
    run(() => binding.addPkcs12(id, bytes, secret ?? null));
  }
}

function setCiphers(id, list) {
  const { chooseSuites } = require('internal/tls/ciphers');
  const choice = chooseSuites(list);
  if (choice === undefined) {
    const error = new Error('error:0A0000B9:SSL routines::no cipher match');
    error.library = 'SSL routines';
    error.reason = 'no cipher match';
    error.code = 'ERR_SSL_NO_CIPHER_MATCH';
    throw error;
  }
  const older = choice.olderNamed ? choice.older : chooseSuites(DEFAULT_CIPHERS).older;
  binding.setCiphers(id, [...choice.modern, ...older].map(({ standard }) => standard).join('\0'));
}

// OpenSSL's names of curves, and the standards'.
const curveNames = { '__proto__': null, 'prime256v1': 'secp256r1', 'P-256': 'secp256r1', 'P-384': 'secp384r1',
                     'P-521': 'secp521r1', 'X25519': 'x25519', 'X448': 'x448' };

function groups(list) {
  const names = list.split(':').map((name) => curveNames[name] ?? name);
  if (names.some((name) => !/^(secp\d{3}[rk]1|x25519|x448|ffdhe\d{4}|X25519MLKEM768)$/.test(name))) {
    const error = new Error('Failed to set ECDH curve');
    error.code = 'ERR_CRYPTO_OPERATION_FAILED';
    throw error;
  }
  return names;
}

// 'RSA-PSS+SHA256' and 'ECDSA+SHA384' are what the standards call rsa_pss_rsae_sha256 and ecdsa_secp384r1_sha384.
function signatureSchemes(list) {
  const curves = { SHA1: '', SHA256: 'secp256r1_', SHA384: 'secp384r1_', SHA512: 'secp521r1_' };
  return list.split(':').map((name) => {
    const match = /^(RSA-PSS|PSS|RSA|ECDSA)\+(SHA\d+)$/.exec(name);
    if (match === null) return name;
    const digest = match[2].toLowerCase();
    if (match[1] === 'ECDSA') return `ecdsa_${curves[match[2]] ?? ''}${digest}`;
    return `${match[1] === 'RSA' ? 'rsa_pkcs1' : 'rsa_pss_rsae'}_${digest}`;
  });
}

function configure(context, options, name) {
  const { id } = context;
  validateObject(options, name);
  context[kRecipe].options = { ...options };
  const {
    ca, cert, ciphers, clientCertEngine, crl, dhparam, ecdhCurve, key, passphrase, pfx, privateKeyEngine,
    privateKeyIdentifier, sessionIdContext, sessionTimeout, sigalgs, ticketKeys,
  } = options;

  if (options.allowPartialTrustChain) binding.setPartialChains(id);
  if (ca) {
    for (const one of asList(ca)) {
      const bytes = pemBytes(one, `${name}.ca`);
      run(() => binding.addRoots(id, bytes));
    }
  }
  if (cert || key) addIdentities(id, options, name);
  else if (passphrase !== undefined && passphrase !== null) validateString(passphrase, `${name}.passphrase`);
  if (sigalgs !== undefined && sigalgs !== null) {
    validateString(sigalgs, `${name}.sigalgs`);
    if (sigalgs === '') throw new ERR_INVALID_ARG_VALUE(`${name}.sigalgs`, sigalgs);
    binding.setSignatureSchemes(id, signatureSchemes(sigalgs).join('\0'));
  }
  for (const [optionName, value] of [['privateKeyIdentifier', privateKeyIdentifier], ['privateKeyEngine', privateKeyEngine],
                                     ['clientCertEngine', clientCertEngine]]) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') {
      throw new ERR_INVALID_ARG_TYPE(`${name}.${optionName}`, ['string', 'null', 'undefined'], value);
    }
    throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`${name}.${optionName}`);
  }
  const tls = require('tls');
  if (ciphers !== undefined && ciphers !== null) validateString(ciphers, `${name}.ciphers`);
  const list = ciphers || tls.DEFAULT_CIPHERS;
  if (ciphers || list !== DEFAULT_CIPHERS) setCiphers(id, list);
  const curves = ecdhCurve === undefined ? tls.DEFAULT_ECDH_CURVE : ecdhCurve;
  validateString(curves, `${name}.ecdhCurve`);
  if (curves !== 'auto') run(() => binding.setGroups(id, groups(curves).join('\0')));
  if (dhparam !== undefined && dhparam !== null && dhparam !== 'auto') {
    const bytes = pemBytes(dhparam, `${name}.dhparam`);
    const size = run(() => binding.dhParameterSize(bytes));
    // The JDK's engine takes a group of the size it likes; what is too small is refused all the same.
    if (size < 1024) throw new ERR_INVALID_ARG_VALUE('dhparam', dhparam, 'DH parameter is less than 1024 bits');
  }
  if (crl !== undefined && crl !== null) {
    for (const one of asList(crl)) {
      const bytes = pemBytes(one, `${name}.crl`);
      run(() => binding.addRevoked(id, bytes));
    }
  }
  if (sessionIdContext !== undefined && sessionIdContext !== null) {
    validateString(sessionIdContext, `${name}.sessionIdContext`);
  }
  if (pfx !== undefined && pfx !== null) addStores(id, options, name);
  if (ticketKeys !== undefined && ticketKeys !== null) {
    if (!isArrayBufferView(ticketKeys)) {
      throw new ERR_INVALID_ARG_TYPE(`${name}.ticketKeys`, ['Buffer', 'TypedArray', 'DataView'], ticketKeys);
    }
    if (ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE(`${name}.ticketKeys`, ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
  }
  if (sessionTimeout !== undefined && sessionTimeout !== null) {
    validateInt32(sessionTimeout, `${name}.sessionTimeout`, 0);
    binding.setSessionTimeout(id, sessionTimeout);
  }
}

function createSecureContext(options) {
  options ||= kEmptyObject;
  const { honorCipherOrder, minVersion, maxVersion, secureProtocol } = options;
  let { secureOptions } = options;
  if (honorCipherOrder) secureOptions |= SERVER_PREFERENCE;
  const context = new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  configure(context.context, options, 'options');
  return context;
}

module.exports = { SecureContext, createSecureContext, currentContext };
