'use strict';

// Run by vm.test.cjs with --experimental-vm-modules.

const assert = require('node:assert');
const vm = require('node:vm');
const { inspect } = require('node:util');

(async () => {
  const synthetic = new vm.SyntheticModule(['a'], function() {
    this.setExport('a', 1);
  }, { identifier: 'made' });
  assert.strictEqual(synthetic.status, 'linked');
  assert.strictEqual(inspect(synthetic), "SyntheticModule {\n  status: 'linked',\n  identifier: 'made',\n  context: undefined\n}");
  assert.throws(() => synthetic.error, { code: 'ERR_VM_MODULE_STATUS' });

  const module = new vm.SourceTextModule('import { a } from "x"; export const b = a + 1; export default import.meta', {
    initializeImportMeta(meta, owner) { meta.owner = owner === module; },
  });
  assert.strictEqual(module.identifier, 'vm:module(0)');
  assert.deepStrictEqual(module.dependencySpecifiers, ['x']);
  assert.strictEqual(module.moduleRequests[0].phase, 'evaluation');
  assert.throws(() => module.namespace, { code: 'ERR_VM_MODULE_STATUS' });
  await assert.rejects(module.evaluate(), { code: 'ERR_VM_MODULE_STATUS' });
  const linking = module.link((specifier, referrer) => {
    assert.strictEqual(specifier, 'x');
    assert.strictEqual(referrer, module);
    return synthetic;
  });
  assert.strictEqual(module.status, 'linking');
  await linking;
  assert.strictEqual(module.status, 'linked');
  await assert.rejects(module.link(() => {}), { code: 'ERR_VM_MODULE_ALREADY_LINKED' });
  assert.strictEqual(await module.evaluate(), undefined);
  assert.strictEqual(module.status, 'evaluated');
  assert.strictEqual(module.namespace.b, 2);
  assert.strictEqual(module.namespace.default.owner, true);

  const broken = new vm.SourceTextModule('throw new TypeError("x")');
  await broken.link(() => {});
  await assert.rejects(broken.evaluate(), TypeError);
  assert.strictEqual(broken.status, 'errored');
  assert.strictEqual(broken.error.message, 'x');

  assert.throws(() => new vm.Module(), { name: 'TypeError', message: 'Module is not a constructor' });
  assert.throws(() => new vm.SourceTextModule('let x = ;'), SyntaxError);
  const stranger = new vm.SourceTextModule('import "y"');
  await assert.rejects(stranger.link(() => 5), { code: 'ERR_VM_MODULE_NOT_MODULE' });
  assert.strictEqual(stranger.status, 'errored');

  // In a context of its own
  const context = vm.createContext({ z: 4 });
  const inside = new vm.SourceTextModule('export default [z, Object]', { context });
  await inside.link(() => {});
  await inside.evaluate();
  assert.strictEqual(inside.namespace.default[0], 4);
  assert.notStrictEqual(inside.namespace.default[1], Object);
  await assert.rejects(new vm.SourceTextModule('import "y"').link(() => inside), { code: 'ERR_VM_MODULE_DIFFERENT_CONTEXT' });

  // import() asks the callback, and knows who asks.
  const dynamic = new vm.SourceTextModule('export default await import("q")', {
    importModuleDynamically(specifier, referrer) {
      assert.strictEqual(specifier, 'q');
      assert.strictEqual(referrer, dynamic);
      return module;
    },
  });
  assert.strictEqual(dynamic.hasTopLevelAwait(), true);
  await dynamic.link(() => {});
  await dynamic.evaluate();
  assert.strictEqual(dynamic.namespace.default, module.namespace);
  const compiled = vm.compileFunction('return import("w")', [], {
    importModuleDynamically(specifier, referrer) {
      assert.strictEqual(referrer, compiled);
      return module.namespace;
    },
  });
  assert.strictEqual(await compiled(), module.namespace);

  // The synchronous way
  const leaf = new vm.SourceTextModule('export default 5');
  leaf.linkRequests([]);
  const root = new vm.SourceTextModule('export { default } from "leaf"');
  assert.throws(() => root.instantiate(), { code: 'ERR_VM_MODULE_LINK_FAILURE' });
  root.linkRequests([leaf]);
  assert.strictEqual(root.status, 'unlinked');
  root.instantiate();
  assert.strictEqual(root.status, 'linked');
  await root.evaluate();
  assert.strictEqual(root.namespace.default, 5);
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
