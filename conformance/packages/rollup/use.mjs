import assert from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rollup, VERSION } from 'rollup';

assert.match(VERSION, /^4\./);
mkdirSync('src', { recursive: true });
writeFileSync('src/main.js', "import { cube } from './maths.js';\nimport name from 'virtual:name';\nexport const said = `${name} ${cube(5)}`;\nexport const later = () => import('./later.js');\n");
writeFileSync('src/maths.js', 'export const square = (x) => x * x; // not used\nexport const cube = (x) => x * x * x;\n');
writeFileSync('src/later.js', 'export default 42;\n');
const virtual = {
  name: 'virtual',
  resolveId: (id) => (id === 'virtual:name' ? `\0${id}` : null),
  load: (id) => (id === '\0virtual:name' ? 'export default "rollup";' : null),
};
const bundle = await rollup({ input: 'src/main.js', plugins: [virtual] });
const { output } = await bundle.write({ dir: 'out', format: 'es', sourcemap: true, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
await bundle.close();
assert.deepStrictEqual(output.filter((it) => it.type === 'chunk').map((it) => it.name).sort(), ['later', 'main']);
assert.doesNotMatch(readFileSync('out/main.mjs', 'utf8'), /square/);
assert.ok(JSON.parse(readFileSync('out/main.mjs.map', 'utf8')).mappings);
const made = await import('./out/main.mjs');
assert.strictEqual(made.said, 'rollup 125');
assert.strictEqual((await made.later()).default, 42);
await assert.rejects(rollup({ input: 'src/missing.js' }), { code: 'UNRESOLVED_ENTRY' });
