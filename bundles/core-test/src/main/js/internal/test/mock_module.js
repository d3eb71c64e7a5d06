'use strict';

// mock.module(): another module in the place of one, for `require` and `import`, by the hooks of module.registerHooks().

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_STATE } } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { sharedState } = require('internal/symbols');
const { emitExperimentalWarning } = require('internal/util');

const mocks = sharedState('test.module_mocks', () => ({ byUrl: new Map(), next: 0, hooks: undefined }));

const TABLE = Symbol.for('nodule.test.module_mocks');

function install() {
  if (mocks.hooks !== undefined) return;
  Object.defineProperty(globalThis, TABLE, { __proto__: null, value: mocks.byUrl, configurable: true });
  mocks.hooks = require('module').registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const mock = mocks.byUrl.get(bare(resolved.url));
      if (mock === undefined || !mock.isActive) return resolved;
      return { url: mock.url, format: 'commonjs', shortCircuit: true };
    },
    load(url, context, nextLoad) {
      const id = /[?&]nodule-mock=(\d+)/.exec(url)?.[1];
      if (id === undefined) return nextLoad(url, context);
      const mock = [...mocks.byUrl.values()].find((each) => each.id === Number(id)) ?? mocks.former?.get(Number(id));
      return { format: 'commonjs', source: sourceOf(mock), shortCircuit: true };
    },
  });
}

function bare(url) {
  return url.replace(/[?&]nodule-mock=\d+.*$/, '');
}

function sourceOf(mock) {
  const key = JSON.stringify(mock.key);
  const names = Object.keys(mock.named).map((name) => `exports[${JSON.stringify(name)}] = mock.named[${JSON.stringify(name)}];`).join('\n');
  const start = `const mock = globalThis[Symbol.for('nodule.test.module_mocks')].get(${key});\n`;
  if (!mock.hasDefault) return `${start}${names}`;
  return `${start}module.exports = mock.default;\n` +
    Object.keys(mock.named).map((name) => `module.exports[${JSON.stringify(name)}] = mock.named[${JSON.stringify(name)}];`).join('\n');
}

class MockModuleContext {
  constructor(mock) {
    Object.defineProperty(this, 'mock', { __proto__: null, value: mock });
  }

  restore() {
    const { mock } = this;
    if (!mock.isActive) return;
    mock.isActive = false;
    mocks.byUrl.delete(mock.key);
  }
}

function mockModule(specifier, options) {
  emitExperimentalWarning('Module mocking');
  if (typeof specifier !== 'string' && !(specifier instanceof URL)) throw new ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  validateObject(options, 'options');
  const { cache = false, namedExports, defaultExport, exports: all } = options;
  validateBoolean(cache, 'options.cache');
  if (namedExports !== undefined) validateObject(namedExports, 'options.namedExports');
  install();
  const { callerLocation } = require('internal/test/location');
  const { pathToFileURL } = require('url');
  const base = callerLocation()?.file ?? `${process.cwd()}/`;
  const key = keyOf(`${specifier}`, base);
  if (mocks.byUrl.has(key)) throw new ERR_INVALID_STATE(`Cannot mock '${specifier}'. The module is already mocked.`);
  const id = ++mocks.next;
  const named = { ...(all ?? namedExports) };
  const hasDefault = Object.hasOwn(options, 'defaultExport') || Object.hasOwn(named, 'default');
  const value = Object.hasOwn(named, 'default') ? named.default : defaultExport;
  delete named.default;
  const file = key.startsWith('file:') ? key : pathToFileURL(`/nodule-mock/${id}.cjs`).href;
  mocks.byUrl.set(key, { id, key, url: `${file}?nodule-mock=${id}`, named, hasDefault, default: value, isActive: true, cache });
  return new MockModuleContext(mocks.byUrl.get(key));
}

function keyOf(specifier, base) {
  const { createRequire, isBuiltin } = require('module');
  const { pathToFileURL } = require('url');
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (/^file:/.test(specifier)) return specifier;
  return pathToFileURL(createRequire(base).resolve(specifier)).href;
}

module.exports = { mockModule };
