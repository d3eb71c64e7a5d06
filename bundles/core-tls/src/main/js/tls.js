'use strict';

const { codes } = require('internal/errors');
const { createSecureContext, SecureContext } = require('internal/tls/context');
const { TLSSocket } = require('internal/tls/socket');

const lazily = {
  checkServerIdentity: 'internal/tls/identity',
  connect: 'internal/tls/connect',
  createServer: 'internal/tls/server',
  getCACertificates: 'internal/tls/roots',
  getCiphers: 'internal/tls/ciphers',
  rootCertificates: 'internal/tls/roots',
  Server: 'internal/tls/server',
  setDefaultCACertificates: 'internal/tls/roots',
};

/** A list of protocol names in the form that ALPN sends: a byte of length before each. */
function convertALPNProtocols(protocols, out) {
  const { Buffer } = require('buffer');
  if (Array.isArray(protocols)) {
    const parts = [];
    for (const protocol of protocols) {
      const name = Buffer.from(protocol);
      if (name.length > 255) {
        throw new codes.ERR_OUT_OF_RANGE(
          `The byte length of the protocol at index ${parts.length / 2} exceeds the maximum length.`, '<= 255', name.length, true);
      }
      parts.push(Buffer.from([name.length]), name);
    }
    out.ALPNProtocols = Buffer.concat(parts);
  } else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(
      protocols.buffer.slice(protocols.byteOffset, protocols.byteOffset + protocols.byteLength));
  }
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
    'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
    'ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:' +
    'ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:' +
    'HIGH:!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA',
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  SecureContext,
  TLSSocket,
  convertALPNProtocols,
  createSecureContext,
};

for (const name of Object.keys(lazily)) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = require(lazily[name])[name];
      Object.defineProperty(module.exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: name !== 'rootCertificates', value,
      });
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
    },
  });
}
