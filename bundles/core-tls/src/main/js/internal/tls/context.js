'use strict';

// Secure contexts: keys, trusted certificates and versions, kept by the binding under a number.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

// What nobody holds any more goes from the binding too.
const registry = new FinalizationRegistry((id) => binding.freeContext(id));

function SecureContext(secureProtocol, secureOptions, minVersion, maxVersion) {
  if (!(this instanceof SecureContext)) return new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  if (secureProtocol) {
    if (minVersion) throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
    if (maxVersion) throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
    [minVersion, maxVersion] = versionsOf(secureProtocol);
  }
  minVersion = checkVersion(minVersion, 'minimum') ?? 'TLSv1.2';
  maxVersion = checkVersion(maxVersion, 'maximum') ?? 'TLSv1.3';
  this.id = binding.newContext(minVersion, maxVersion);
  this.context = this;
  registry.register(this, this.id);
}

function checkVersion(version, which) {
  if (version === undefined || version === null) return undefined;
  if (!VERSIONS.includes(version)) throw new codes.ERR_TLS_INVALID_PROTOCOL_VERSION(version, which);
  return version;
}

/** The range of a method's name of old, such as TLSv1_2_method. */
function versionsOf(method) {
  validateString(method, 'options.secureProtocol');
  const match = /^(TLS|SSLv23|TLSv1|TLSv1_1|TLSv1_2|TLSv1_3)_(?:client_|server_)?method$/.exec(method);
  if (match === null) {
    throw new codes.ERR_TLS_INVALID_PROTOCOL_METHOD(
      /^SSLv[23]_/.test(method) ? `${method.slice(0, 5)} methods disabled` : `Unknown method: ${method}`);
  }
  const name = match[1];
  if (name === 'TLS' || name === 'SSLv23') return [undefined, undefined];
  const version = name.replace('_', '.');
  return [version, version];
}

function bytesOf(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

function listOf(value) {
  if (value === undefined || value === null || value === false) return [];
  return Array.isArray(value) ? value.flat() : [value];
}

/** Keys and their chains belong together in the order that both are given. */
function addKeys(id, { key, cert, passphrase }) {
  if (passphrase !== undefined && passphrase !== null) validateString(passphrase, 'options.passphrase');
  const chains = listOf(cert).map((one) => bytesOf(one, 'options.cert'));
  const keys = listOf(key).map((one) => {
    const isObject = one !== null && typeof one === 'object' && one.pem !== undefined;
    return {
      bytes: bytesOf(isObject ? one.pem : one, 'options.key'),
      passphrase: (isObject ? one.passphrase : undefined) ?? passphrase ?? undefined,
    };
  });
  for (let i = 0; i < keys.length && chains.length > 0; i++) {
    const chain = chains[Math.min(i, chains.length - 1)];
    binding.addKey(id, keys[i].bytes, keys[i].passphrase, chain);
  }
}

function createSecureContext(options = {}) {
  const { ca, pfx, passphrase, secureProtocol, secureOptions, minVersion, maxVersion } = options;
  const context = new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  const { id } = context;
  const roots = listOf(ca);
  if (roots.length > 0) {
    for (const root of roots) binding.addRoots(id, bytesOf(root, 'options.ca'));
  } else {
    require('internal/tls/roots').addDefaultRoots(id);
  }
  addKeys(id, options);
  for (const store of listOf(pfx)) {
    const isObject = store !== null && typeof store === 'object' && store.buf !== undefined;
    binding.addPkcs12(id, bytesOf(isObject ? store.buf : store, 'options.pfx'),
                      (isObject ? store.passphrase : undefined) ?? passphrase ?? undefined);
  }
  return context;
}

module.exports = { SecureContext, createSecureContext };
