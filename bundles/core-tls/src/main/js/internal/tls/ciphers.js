'use strict';

// Names of cipher suites: OpenSSL's for users, those of the standard for the JDK.

const versions = { TLSv1: 'TLSv1', 'TLSv1.1': 'TLSv1.1', 'TLSv1.2': 'TLSv1.2', 'TLSv1.3': 'TLSv1.3' };

/** TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 is ECDHE-RSA-AES128-GCM-SHA256; those of TLS 1.3 keep their name. */
function opensslName(standard) {
  const parts = /^TLS_(.+)_WITH_(.+)$/.exec(standard);
  if (parts === null) return standard;
  let cipher = parts[2].replace(/(AES|ARIA|CAMELLIA)_(128|256)/, '$1$2').replace(/_CBC/, '').replaceAll('_', '-');
  if (cipher.startsWith('CHACHA20')) cipher = 'CHACHA20-POLY1305';
  return parts[1] === 'RSA' ? cipher : `${parts[1].replaceAll('_', '-')}-${cipher}`;
}

let names;

function getCiphers() {
  return [...names ??= binding.cipherSuites()
    .filter((name) => name.startsWith('TLS_') && !name.endsWith('SCSV'))
    .map((name) => opensslName(name).toLowerCase())
    .sort()];
}

module.exports = { getCiphers, opensslName, versions };
