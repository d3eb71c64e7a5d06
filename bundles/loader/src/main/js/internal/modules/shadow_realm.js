'use strict';

// Modules of a ShadowRealm (`--experimental-shadow-realm`): instances of its own, no hooks, no core modules, and specifiers that are
// relative to the current directory.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { pathToFileURL } = require('url');
const loader = require('internal/modules/esm');

const { esm } = runtime;

/** The records of each realm by URL and import type. */
const tables = sharedState('module.shadow_realms', () => new WeakMap());

function tableOf(realm) {
  let table = tables.get(realm);
  if (table === undefined) tables.set(realm, (table = new Map()));
  return table;
}

function resolve(specifier, base) {
  if (specifier.startsWith('node:')) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
  if (runtime.isBuiltin(specifier)) throw new codes.ERR_MODULE_NOT_FOUND(specifier, base, 'package');
  return require('internal/modules/esm_resolve').resolve(specifier, base);
}

function load(url, attributes, realm) {
  const records = tableOf(realm);
  const known = records.get(loader.key(url, attributes));
  if (known !== undefined) return known;
  const record = loader.create(url, attributes, { records, shadowRealm: realm });
  if (loader.isConnected(record)) return record;
  loader.connect(record, esm.requests(record).map((request) => load(resolve(request.specifier, url), request.attributes, realm)), url);
  return record;
}

/** `import()` in a ShadowRealm, and its importValue. */
async function importDynamically(specifier, referrer, attributes, realm) {
  const isOwn = referrer !== undefined && tableOf(realm).has(loader.key(referrer, {}));
  const base = isOwn ? referrer : pathToFileURL(`${process.cwd()}/`).href;
  const record = load(resolve(`${specifier}`, base), attributes, realm);
  loader.link(record);
  await loader.evaluate(record);
  return esm.namespace(record);
}

module.exports = { importDynamically };
