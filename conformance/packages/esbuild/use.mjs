import assert from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';

const { code, map } = await esbuild.transform('let x: number = a?.b ?? 1; console.log(x)', { loader: 'ts', target: 'es2015', minify: true, sourcemap: true });
assert.match(code, /console\.log/);
assert.doesNotMatch(code, /\?\.|: ?number/);
assert.strictEqual(JSON.parse(map).version, 3);
await assert.rejects(esbuild.transform('let let', { logLevel: 'silent' }), (error) => error.errors[0].location.line === 1);

mkdirSync('src', { recursive: true });
writeFileSync('src/app.jsx', "import { used } from './part';\nimport env from 'env';\nexport default <p>{used}{env.NAME}</p>;\n");
writeFileSync('src/part.js', 'export const used = 1;\nexport const unused = "leave me out";\n');
const environment = {
  name: 'env',
  setup(build) {
    build.onResolve({ filter: /^env$/ }, (it) => ({ path: it.path, namespace: 'env' }));
    build.onLoad({ filter: /.*/, namespace: 'env' }, () => ({ contents: JSON.stringify({ NAME: 'here' }), loader: 'json' }));
  },
};
const result = await esbuild.build({ entryPoints: ['src/app.jsx'], bundle: true, outfile: 'out/app.js', format: 'esm', metafile: true, plugins: [environment], jsxFactory: 'h' });
assert.deepStrictEqual(result.errors, []);
assert.ok('src/part.js' in result.metafile.inputs);
const bundle = readFileSync('out/app.js', 'utf8');
assert.match(bundle, /h\("p", null/);
assert.doesNotMatch(bundle, /leave me out/);
await esbuild.stop();
