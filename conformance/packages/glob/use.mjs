import assert from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Glob, glob, globIterate, globStream, globSync, hasMagic } from 'glob';

mkdirSync('tree/a/b', { recursive: true });
mkdirSync('tree/node_modules/x', { recursive: true });
for (const file of ['a/one.js', 'a/b/two.js', 'a/b/three.css', '.hidden.js', 'node_modules/x/four.js']) writeFileSync(`tree/${file}`, '');

const sorted = (list) => list.map((it) => it.replaceAll('\\', '/')).sort();
assert.deepStrictEqual(sorted(await glob('**/*.js', { cwd: 'tree', ignore: 'node_modules/**' })), ['a/b/two.js', 'a/one.js']);
assert.deepStrictEqual(sorted(globSync('**/*.js', { cwd: 'tree', dot: true })), ['.hidden.js', 'a/b/two.js', 'a/one.js', 'node_modules/x/four.js']);
assert.deepStrictEqual(sorted(await glob(['tree/a/*.js', 'tree/**/*.{css,txt}'])), ['tree/a/b/three.css', 'tree/a/one.js']);
const iterated = [];
for await (const file of globIterate('a/**', { cwd: 'tree', nodir: true })) iterated.push(file);
assert.deepStrictEqual(sorted(iterated), ['a/b/three.css', 'a/b/two.js', 'a/one.js']);
const streamed = await globStream('tree/*/').collect();
assert.deepStrictEqual(sorted(streamed), ['tree/a', 'tree/node_modules']);
const paths = new Glob('tree/a/*.js', { withFileTypes: true, stat: true }).walkSync();
assert.deepStrictEqual(paths.map((it) => [it.name, it.isFile(), it.size]), [['one.js', true, 0]]);
assert.strictEqual(hasMagic('a/b'), false);
const abort = new AbortController();
abort.abort(new Error('enough'));
await assert.rejects(glob('**', { signal: abort.signal }), /enough/);
