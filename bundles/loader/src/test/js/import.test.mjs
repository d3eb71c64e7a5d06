// What import says of attributes, and of names that it does not find.
import assert from 'node:assert';
import { createRequire, registerHooks } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const json = 'data:application/json,{}';
const script = 'data:text/javascript,export{}';
await assert.rejects(import(json), { code: 'ERR_IMPORT_ATTRIBUTE_MISSING' });
await assert.rejects(import(json, { with: { type: 'strange' } }), { code: 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED' });
await assert.rejects(import(json, { with: { other: 'json' } }), { code: 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED' });
await assert.rejects(import(script, { with: { type: 'json' } }), { code: 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE' });
assert.deepStrictEqual((await import(json, { with: { type: 'json' } })).default, {});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-'));
try {
  fs.mkdirSync(path.join(folder, 'node_modules/pack'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'node_modules/pack/part.js'), 'module.exports = 1;');
  fs.writeFileSync(path.join(folder, 'with space.js'), 'module.exports = 2;');
  fs.writeFileSync(path.join(folder, 'a.mjs'), 'export const load = (name) => import(name);');
  const { load } = await import(pathToFileURL(path.join(folder, 'a.mjs')));
  await assert.rejects(load('./with space'), { code: 'ERR_MODULE_NOT_FOUND' });
  await assert.rejects(load('pack/part'), { code: 'ERR_MODULE_NOT_FOUND' });
  await assert.rejects(load('./nothing'), { message: /nothing' imported from [^\n]*a\.mjs$/ });

  // require.resolve asks the hooks; import does not ask them again for the file of a CommonJS module.
  const require = createRequire(path.join(folder, 'x.cjs'));
  const asked = [];
  const hook = registerHooks({
    resolve(specifier, context, nextResolve) {
      asked.push(specifier);
      return nextResolve(specifier);
    },
  });
  assert.strictEqual(require.resolve('pack/part.js'), path.join(folder, 'node_modules/pack/part.js'));
  assert.strictEqual((await load('./with%20space.js')).default, 2);
  hook.deregister();
  assert.deepStrictEqual(asked, ['pack/part.js', './with%20space.js']);
} finally {
  fs.rmSync(folder, { recursive: true });
}
