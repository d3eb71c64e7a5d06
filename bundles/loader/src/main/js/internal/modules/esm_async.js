'use strict';

// Loading of a module graph whose parts may keep one waiting: what hooks of module.register resolve and load. Each module is fetched
// once; it is linked when all that it imports is there.

const esm = require('internal/modules/esm');
const hooks = require('internal/modules/register');
const { esm: engine } = require('internal/runtime');
const { sharedState } = require('internal/symbols');

/** For each table of records: what is being fetched by its key, and what a record imports. */
const states = sharedState('module.esm_async', () => new WeakMap());

function stateOf(records) {
  let state = states.get(records);
  if (state === undefined) states.set(records, (state = { fetching: new Map(), imports: new Map() }));
  return state;
}

async function fetch(url, attributes, format, records, isMain) {
  const loaded = await hooks.load(url, format, attributes);
  const known = records.get(esm.key(url, loaded.importAttributes));
  if (known !== undefined) return known;
  return esm.create(url, loaded.importAttributes, { format: loaded.format, source: loaded.source, customized: true, records, isMain });
}

function recordOf(target, records, isMain) {
  const { url, format, importAttributes } = target;
  const id = esm.key(url, importAttributes);
  const known = records.get(id);
  if (known !== undefined) return known;
  const { fetching } = stateOf(records);
  let promise = fetching.get(id);
  if (promise === undefined) {
    promise = fetch(url, importAttributes, format, records, isMain).finally(() => fetching.delete(id));
    fetching.set(id, promise);
  }
  return promise;
}

/** The records that a record imports, connected to it. */
function importsOf(record, url, records) {
  const { imports } = stateOf(records);
  let promise = imports.get(record);
  if (promise === undefined) {
    promise = (async () => {
      const found = await Promise.all(engine.requests(record).map(async ({ specifier, attributes }) => {
        const target = await esm.resolveAsync(specifier, url, attributes);
        return { url: target.url, record: await recordOf(target, records, false) };
      }));
      esm.connect(record, found.map((target) => target.record), url);
      return found;
    })();
    imports.set(record, promise);
    promise.catch(() => imports.delete(record));
  }
  return promise;
}

async function complete(record, url, records, seen = new Set()) {
  if (seen.has(record) || esm.isConnected(record)) return;
  seen.add(record);
  const found = await importsOf(record, url, records);
  await Promise.all(found.map((target) => complete(target.record, target.url, records, seen)));
}

/** The record of a specifier with all that it needs; `records` is the table of module instances. */
async function loadGraph(specifier, base, attributes, records, isMain = false) {
  const target = await esm.resolveAsync(specifier, base, attributes);
  const record = await recordOf(target, records, isMain);
  await complete(record, target.url, records);
  return { record, url: target.url };
}

/** The graph of a record whose source is at hand. */
async function loadSource(record, url, records) {
  await complete(record, url, records);
}

async function importModule(specifier, base, attributes, records) {
  const { record } = await loadGraph(specifier, base, attributes, records);
  esm.link(record);
  await esm.evaluate(record);
  return engine.namespace(record);
}

module.exports = { importModule, loadGraph, loadSource };
