// module.register: asynchronous hooks of resolution and loading.
import assert from 'node:assert';
import { createRequire, register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

const hooks = `
  let prefix = 'virtual:';
  export async function initialize(data) {
    await null;
    prefix = data.prefix;
  }
  export async function resolve(specifier, context, nextResolve) {
    if (specifier === 'bad-url') return { shortCircuit: true, url: 1 };
    if (specifier === 'no-next') return { url: 'virtual:x' };
    if (specifier === 'slow') await new Promise((done) => setTimeout(done, 5));
    if (specifier === 'slow' || specifier.startsWith(prefix)) {
      return { shortCircuit: true, url: 'virtual:' + specifier.slice(prefix.length), format: 'module' };
    }
    return nextResolve(specifier);
  }
  export async function load(url, context, nextLoad) {
    if (url === 'virtual:nothing') return null;
    if (url === 'virtual:strange') return { shortCircuit: true, format: 'strange', source: '' };
    if (url.startsWith('virtual:')) {
      const source = 'export default ' + JSON.stringify([url, context.format, Object.keys(context.importAttributes)]);
      return { shortCircuit: true, format: 'module', source };
    }
    return nextLoad(url);
  }`;

assert.strictEqual(register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { prefix: 'app:' } }), undefined);

assert.deepStrictEqual((await import('app:one')).default, ['virtual:one', 'module', []]);
const imported = `import one from 'app:one'; import slow from 'slow'; import fs from 'node:fs'; export { one, slow, fs }`;
const graph = await import(`data:text/javascript,${encodeURIComponent(imported)}`);
assert.strictEqual(graph.one, (await import('app:one')).default);
assert.strictEqual(graph.slow[0], 'virtual:');
assert.strictEqual(graph.fs, process.getBuiltinModule('fs'));
assert.strictEqual(import.meta.resolve('app:two'), 'virtual:two');

await assert.rejects(import('bad-url'), { code: 'ERR_INVALID_RETURN_PROPERTY_VALUE' });
await assert.rejects(import('no-next'), { code: 'ERR_LOADER_CHAIN_INCOMPLETE' });
await assert.rejects(import('app:nothing'), { code: 'ERR_INVALID_RETURN_VALUE' });
await assert.rejects(import('app:strange'), { code: 'ERR_UNKNOWN_MODULE_FORMAT' });
await assert.rejects(import('./none.mjs'), { code: 'ERR_MODULE_NOT_FOUND' });
assert.strictEqual(createRequire(import.meta.url)('node:path'), process.getBuiltinModule('path'));

// A port goes over to the hooks.
const { port1, port2 } = new MessageChannel();
const received = new Promise((resolve) => port1.once('message', resolve));
register('data:text/javascript,export function initialize({ port }) { port.postMessage("hello"); }', {
  data: { port: port2 }, transferList: [port2],
});
assert.strictEqual(await received, 'hello');
port1.close();
assert.throws(() => register('data:text/javascript,export function initialize() { throw new RangeError("no") }'), /no/);
