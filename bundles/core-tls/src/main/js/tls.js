'use strict';

const { DEFAULT_CIPHERS, convertALPNProtocols } = require('internal/tls/common');
const { getOptionValue } = require('internal/options');

function option(name) {
  try {
    return getOptionValue(name);
  } catch {
    return undefined;
  }
}

// The lowest and the highest that the command line allows
const minVersion = option('--tls-min-v1.0') ? 'TLSv1' : option('--tls-min-v1.1') ? 'TLSv1.1' :
  option('--tls-min-v1.2') ? 'TLSv1.2' : option('--tls-min-v1.3') ? 'TLSv1.3' : 'TLSv1.2';
const maxVersion = option('--tls-max-v1.3') ? 'TLSv1.3' : option('--tls-max-v1.2') ? 'TLSv1.2' : 'TLSv1.3';

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: option('--tls-cipher-list') || DEFAULT_CIPHERS,
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: minVersion,
  DEFAULT_MAX_VERSION: maxVersion,
  getCiphers: () => require('internal/tls/ciphers').getCiphers(),
  getCertificateCompressionAlgorithms: () => [],
  get rootCertificates() {
    return require('internal/tls/trust').rootCertificates();
  },
  getCACertificates: function getCACertificates(type) {
    return require('internal/tls/trust').getCACertificates(type);
  },
  setDefaultCACertificates: function setDefaultCACertificates(certificates) {
    return require('internal/tls/trust').setDefaultCACertificates(certificates);
  },
  convertALPNProtocols,
  checkServerIdentity: function checkServerIdentity(hostname, cert) {
    return require('internal/tls/check_server_identity').checkServerIdentity(hostname, cert);
  },
};

Object.defineProperty(module.exports, 'rootCertificates', { __proto__: null, configurable: false, enumerable: true });
Object.defineProperty(module.exports.getCiphers, 'name', { __proto__: null, value: 'getCiphers', configurable: true });

// Parsed with the first use only.
const lazily = {
  createSecureContext: 'internal/tls/secure_context',
  SecureContext: 'internal/tls/secure_context',
  TLSSocket: 'internal/tls/tls_socket',
  Server: 'internal/tls/server',
  createServer: 'internal/tls/server',
  connect: 'internal/tls/connect',
};

for (const name of Object.keys(lazily)) {
  const define = (value) => Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true, value,
  });
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { [name]: value } = require(lazily[name]);
      define(value);
      return value;
    },
    set: define,
  });
}
