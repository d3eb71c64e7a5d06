'use strict';

// Keys and certificates for a test, made by the openssl command in a temporary folder and gone with the process.

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nodule-tls-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function openssl(...args) {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

function read(name) {
  return fs.readFileSync(path.join(folder, name));
}

const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

// A certificate that vouches for itself.
function selfSigned(name, { days = 2, altNames } = {}) {
  openssl('req', '-x509', ...ecKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', `${days}`,
          ...(altNames ? ['-addext', `subjectAltName=${altNames}`] : []));
  return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
}

// A certificate that another one vouches for.
function signedBy(issuer, name, { days = 2, altNames } = {}) {
  openssl('req', ...ecKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  fs.writeFileSync(path.join(folder, `${name}.ext`), altNames ? `subjectAltName=${altNames}\n` : '');
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial',
          '-days', `${days}`, '-out', `${name}.pem`, '-extfile', `${name}.ext`);
  return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
}

module.exports = { selfSigned, signedBy };
