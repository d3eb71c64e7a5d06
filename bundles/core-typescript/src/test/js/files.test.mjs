// TypeScript files of both module systems, with places in stacks as in the file.
import assert from 'node:assert';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'typescript-'));
const write = (name, text) => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
};
const load = (file) => import(pathToFileURL(file));
const require = createRequire(path.join(folder, 'main.cjs'));

try {
  write('types.ts', 'export type C = number;\nexport const d: C = 5;\n');
  const esm = await load(write('a.mts', "import { type C, d } from './types.ts';\nexport const sum = (a: C): C => a + d;\n"));
  assert.strictEqual(esm.sum(1), 6);
  const cjs = require(write('b.cts', "const { d } = require('./types.ts') as { d: number };\nmodule.exports = { d: d satisfies number };\n"));
  assert.strictEqual(cjs.d, 5);
  assert.strictEqual((await load(write('c.cts', 'exports.named = 1 as const;\n'))).named, 1);
  assert.throws(() => require('./types'), { code: 'MODULE_NOT_FOUND' });

  const failing = require(write('fails.ts', 'interface Foo {\n  a: string;\n}\nmodule.exports = (x: Foo): never => { throw new Error(x.a); };\n'));
  assert.throws(() => failing({ a: 'here' }), (error) => /fails\.ts:4:45/.test(error.stack));

  assert.throws(() => require(write('enum.ts', 'enum A { B }\n')), { code: 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' });
  await assert.rejects(load(write('node_modules/p/index.ts', 'export {};\n')), { code: 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING' });
} finally {
  fs.rmSync(folder, { recursive: true });
}
