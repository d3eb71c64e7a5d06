'use strict';

// Cipher suites by OpenSSL's names and by those of the standards, which the JDK uses; and OpenSSL's language for lists of them.

let suites; // the JDK's, best first: { name, standard, traits }

// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 is ECDHE-RSA-AES128-GCM-SHA256.
function opensslName(standard) {
  const match = /^TLS_(\w+?)_WITH_(\w+)$/.exec(standard);
  if (match === null) return standard;
  const exchange = match[1] === 'RSA' ? '' : `${match[1].replace('_', '-')}-`;
  const rest = match[2]
    .replace(/^AES_(\d+)_/, 'AES$1_')
    .replace('_CBC_', '_')
    .replace('CHACHA20_POLY1305_SHA256', 'CHACHA20_POLY1305')
    .replace('3DES_EDE_SHA', 'DES_CBC3_SHA');
  return exchange + rest.replaceAll('_', '-');
}

function describe(standard) {
  const name = opensslName(standard);
  const traits = new Set(['ALL']);
  if (!standard.includes('_WITH_')) {
    traits.add('TLSv1.3');
  } else {
    traits.add(/SHA$/.test(name) ? 'TLSv1' : 'TLSv1.2');
    if (name.includes('ECDHE-')) traits.add('ECDHE').add('EECDH').add('kECDHE').add('kEECDH');
    else if (name.includes('DHE-')) traits.add('DHE').add('EDH').add('kDHE').add('kEDH');
    else if (standard.startsWith('TLS_RSA_')) traits.add('kRSA').add('RSA');
    if (name.includes('ECDSA')) traits.add('ECDSA').add('aECDSA');
    else if (standard.includes('anon')) traits.add('aNULL').add('ADH');
    else traits.add('aRSA').add('RSA');
  }
  if (/3DES/.test(standard)) traits.add('3DES').add('MEDIUM');
  else if (/_NULL_/.test(standard)) traits.add('eNULL').add('NULL');
  else if (/AES|CHACHA/.test(standard)) traits.add('HIGH');
  const aes = /AES_?(128|256)/.exec(standard);
  if (aes) traits.add('AES').add(`AES${aes[1]}`);
  if (standard.includes('GCM')) traits.add('AESGCM');
  if (standard.includes('CHACHA20')) traits.add('CHACHA20');
  const digest = /_(SHA\d*|MD5)$/.exec(standard);
  if (digest) traits.add(digest[1]).add(digest[1] === 'SHA' ? 'SHA1' : digest[1]);
  return { name, standard, traits };
}

function allSuites() {
  return suites ??= binding.cipherSuites().filter((name) => name.startsWith('TLS_') && !name.includes('_SCSV'))
    .map(describe);
}

function has(suite, word) {
  return suite.name === word || suite.standard === word || word.split('+').every((part) => suite.traits.has(part));
}

// The suites of TLS 1.3 and those of the versions before, which are chosen apart from each other; undefined for a list that
// names nothing.
function chooseSuites(list) {
  const words = list.replace(/@(?:SECLEVEL=\d|STRENGTH)/g, '').split(':');
  const modern = words.filter((word) => /^TLS_/.test(word) && !word.includes('_WITH_'));
  const older = words.filter((word) => !modern.includes(word));
  const known = allSuites();
  const modernSuites = modern.length === 0 ? known.filter((suite) => suite.traits.has('TLSv1.3')) :
    modern.map((word) => known.find((suite) => suite.name === word)).filter(Boolean);
  const unknown = modern.find((word) => !/^TLS_AES_(128|256)_(GCM|CCM|CCM_8)_SHA(256|384)$|^TLS_CHACHA20_POLY1305_SHA256$/.test(word));
  if (unknown !== undefined) return undefined;

  let chosen = [];
  const banned = new Set();
  const candidates = known.filter((suite) => !suite.traits.has('TLSv1.3'));
  for (let word of older.flatMap((part) => part.split(/[, ]/))) {
    if (word === '') continue;
    const operator = /^[!+-]/.test(word) ? word[0] : '';
    if (operator !== '') word = word.slice(1);
    if (word === 'DEFAULT') word = 'HIGH';
    const fitting = candidates.filter((suite) => has(suite, word));
    if (operator === '') {
      for (const suite of fitting) if (!chosen.includes(suite) && !banned.has(suite)) chosen.push(suite);
    } else {
      const rest = chosen.filter((suite) => !fitting.includes(suite));
      chosen = operator === '+' ? [...rest, ...chosen.filter((suite) => fitting.includes(suite))] : rest;
      if (operator === '!') for (const suite of fitting) banned.add(suite);
    }
  }
  // Anonymous and unencrypted suites only for those who name them.
  if (!/aNULL|eNULL|ADH|NULL/.test(list)) chosen = chosen.filter(({ traits }) => !traits.has('aNULL') && !traits.has('eNULL'));
  if (older.length > 0 && chosen.length === 0) return undefined;
  return { modern: modernSuites, modernNamed: modern.length > 0, older: chosen, olderNamed: older.length > 0 };
}

let names;

function getCiphers() {
  names ??= [...new Set(allSuites().filter(({ traits }) => !traits.has('aNULL') && !traits.has('eNULL') && !traits.has('3DES'))
    .map(({ name }) => name.toLowerCase()))].sort();
  return names.slice();
}

module.exports = { chooseSuites, getCiphers, opensslName };
