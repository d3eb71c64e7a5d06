import assert from 'node:assert';
import { minify } from 'terser';

const { code } = await minify('function add(first, second) { return first + second; }\nconsole.log(add(1, 2));', { sourceMap: false, toplevel: true });
assert.match(code, /^console\.log\((3|1\+2)\);$/);
const files = { 'a.js': 'export const wide = (argument) => { debugger; return argument?.value ?? `x${argument}`; };', 'b.js': 'class A { static #p = 1; get p() { return A.#p } }' };
const result = await minify(files, { module: true, sourceMap: { filename: 'out.js', url: 'out.js.map' }, mangle: { properties: { regex: /^_/ } }, ecma: 2020 });
assert.doesNotMatch(result.code, /argument|debugger/);
assert.deepStrictEqual(JSON.parse(result.map).sources.sort(), ['a.js', 'b.js'].slice(0, JSON.parse(result.map).sources.length));
assert.strictEqual((await minify('if (DEBUG) { log() } else { done() }', { compress: { global_defs: { DEBUG: false } } })).code, 'done();');
assert.strictEqual((await minify('/*! keep */ x;', { format: { comments: 'some', beautify: true } })).code.trim(), '/*! keep */ x;');
await assert.rejects(minify('let let = 1'), (error) => error.name === 'SyntaxError' && error.line === 1);
