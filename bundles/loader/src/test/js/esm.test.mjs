import assert from 'node:assert';
import fs, { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'nodule-esm-')));
process.on('exit', () => rmSync(folder, { recursive: true }));
const url = (name) => new URL(name, pathToFileURL(`${folder}/`)).href;

function write(files) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

write({
  'named.cjs': 'exports.one = 1; exports["two"] = 2; module.exports.__esModule = true; exports.default = "inner";',
  'object.cjs': 'module.exports = { a: 1, b, get c() { return 3; } }; function b() {}',
  'count.mjs': 'export let n = 0; export const add = () => { n++; }; export default n;',
  'cycle-a.mjs': 'import { b } from "./cycle-b.mjs"; export const a = "a"; export const seen = b();',
  'cycle-b.mjs': 'import { a } from "./cycle-a.mjs"; let early; try { early = a; } catch (error) { early = error.name; } export const b = () => early;',
  'star.mjs': 'export * from "./count.mjs"; export * as all from "./count.mjs"; export { default } from "./count.mjs";',
  'wait.mjs': 'globalThis.order.push("start"); await new Promise(setImmediate); globalThis.order.push("end"); export default 1;',
  'waits.mjs': 'import "./wait.mjs"; globalThis.order.push("after");',
  'throws.mjs': 'globalThis.evaluations = (globalThis.evaluations ?? 0) + 1; throw new Error("evaluated");',
  'syntax.mjs': 'export const = 1;',
  'meta.mjs': 'export default import.meta;',
  'data.json': '{ "x": 1 }',
  'missing-name.mjs': 'import { nothing } from "./count.mjs";',
  'missing-cjs-name.mjs': 'import { nothing } from "./named.cjs";',
  'type/package.json': '{ "type": "module", "name": "own", "exports": { "./x": "./x.js" }, "imports": { "#x": "./x.js" } }',
  'type/x.js': 'export default typeof module;',
  'type/inside.js': 'export { default as a } from "#x"; export { default as b } from "own/x";',
  'type/detected/package.json': '{}',
  'type/detected/is-esm.js': 'export default 1;',
});

// CommonJS: the names that its source shows, and its exports as default
const named = await import(url('named.cjs'));
assert.strictEqual(named.one + named.two, 3);
assert.strictEqual(named.default.default, 'inner');
assert.ok(Object.keys(named).includes('module.exports'));
assert.strictEqual((await import(url('object.cjs'))).default.c, 3);

// Bindings are live, a module is one by its URL, a query makes another.
const count = await import(url('count.mjs'));
count.add();
assert.deepStrictEqual([count.n, count.default], [1, 0]);
assert.strictEqual(await import(url('count.mjs')), count);
assert.strictEqual((await import(url('count.mjs?other'))).n, 0);
assert.throws(() => { count.n = 5; }, TypeError);
assert.strictEqual(Object.prototype.toString.call(count), '[object Module]');
const star = await import(url('star.mjs'));
assert.strictEqual(star.all, count);
assert.deepStrictEqual(Object.keys(star), ['add', 'all', 'default', 'n']);
assert.strictEqual((await import(url('cycle-a.mjs'))).seen, 'ReferenceError');

// Evaluation waits, and happens once even if it fails.
globalThis.order = [];
await Promise.all([import(url('waits.mjs')), import(url('waits.mjs'))]);
assert.deepStrictEqual(globalThis.order, ['start', 'end', 'after']);
const failed = await import(url('throws.mjs')).catch((error) => error);
assert.strictEqual(await import(url('throws.mjs')).catch((error) => error), failed);
assert.strictEqual(globalThis.evaluations, 1);

// import.meta
const meta = (await import(url('meta.mjs'))).default;
assert.strictEqual(Object.getPrototypeOf(meta), null);
assert.strictEqual(meta.url, url('meta.mjs'));
assert.strictEqual(meta.filename, path.join(folder, 'meta.mjs'));
assert.strictEqual(meta.dirname, folder);
assert.strictEqual(meta.main, false);
assert.strictEqual(import.meta.main, true);
assert.strictEqual(meta.resolve('./x'), url('x'));
assert.strictEqual(meta.resolve('fs'), 'node:fs');

// Attributes, other schemes
assert.deepStrictEqual((await import(url('data.json'), { with: { type: 'json' } })).default, { x: 1 });
await assert.rejects(import(url('data.json')), { code: 'ERR_IMPORT_ATTRIBUTE_MISSING' });
await assert.rejects(import(url('count.mjs'), { with: { type: 'json' } }), { code: 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE' });
assert.strictEqual((await import('data:text/javascript,export default 7')).default, 7);
await assert.rejects(import('ftp://x'), { code: 'ERR_UNSUPPORTED_ESM_URL_SCHEME' });

// Packages
const inside = await import(url('type/inside.js'));
assert.deepStrictEqual([inside.a, inside.b], ['undefined', 'undefined']);
assert.strictEqual((await import(url('type/detected/is-esm.js'))).default, 1);

// Failures
await assert.rejects(import(url('no-file.mjs')), { code: 'ERR_MODULE_NOT_FOUND', url: url('no-file.mjs') });
await assert.rejects(import('no-such-package'), { code: 'ERR_MODULE_NOT_FOUND', message: /^Cannot find package 'no-such-package' imported from / });
await assert.rejects(import(url('type')), { code: 'ERR_UNSUPPORTED_DIR_IMPORT' });
await assert.rejects(import('node:nothing'), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
await assert.rejects(import(url('syntax.mjs')), SyntaxError);
await assert.rejects(import(url('missing-name.mjs')), {
  name: 'SyntaxError', message: "The requested module './count.mjs' does not provide an export named 'nothing'",
});
await assert.rejects(import(url('missing-cjs-name.mjs')), {
  name: 'SyntaxError', message: /^Named export 'nothing' not found\. The requested module '\.\/named\.cjs' is a CommonJS module/,
});

// Core modules: the names are bindings, the default is the same object that require gives.
const { default: module, createRequire, syncBuiltinESMExports } = await import('node:module');
const require = createRequire(import.meta.url);
assert.strictEqual(require('fs'), fs);
assert.strictEqual(module, require('module'));
const { readFileSync } = fs;
fs.readFileSync = () => 'replaced';
syncBuiltinESMExports();
const { readFileSync: synced } = await import('node:fs');
fs.readFileSync = readFileSync;
syncBuiltinESMExports();
assert.strictEqual(synced(), 'replaced');
