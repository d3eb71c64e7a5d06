'use strict';
const assert = require('node:assert');
const vm = require('node:vm');

assert.strictEqual(vm.runInThisContext('1 + 1'), 2);
const context = vm.createContext({ a: 1 });
assert.strictEqual(vm.isContext(context), true);
assert.strictEqual(vm.isContext({}), false);
assert.strictEqual(vm.runInContext('b = a + 1; var c = 3; b', context), 2);
assert.strictEqual(context.b, 2);
assert.strictEqual(context.c, 3);
assert.strictEqual(vm.runInNewContext('x * 2', { x: 21 }), 42);
const script = new vm.Script('typeof here');
assert.strictEqual(script.runInNewContext({ here: 1 }), 'number');
assert.strictEqual(script.runInThisContext(), 'undefined');
assert.strictEqual(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), 3);
assert.throws(() => vm.runInContext('1', {}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => vm.runInThisContext('for (;;) {}', { timeout: 20 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
assert.throws(() => new vm.Script('var ='), SyntaxError);

// The body of a function is one function: no brace ends it early and runs the rest at once.
for (const body of ['}); (function() {', '}); globalThis.escaped = true; ({', '}, function() {']) {
  assert.throws(() => vm.compileFunction(body), { name: 'SyntaxError', message: "Unexpected token '}'" });
}
assert.strictEqual('escaped' in globalThis, false);
assert.strictEqual(vm.compileFunction('')(), undefined);
assert.strictEqual(vm.compileFunction('return (function() {})')().length, 0);

// Stacks begin with the place in the code.
const stackOf = (run) => {
  try {
    run();
  } catch (error) {
    return error.stack.split('\n');
  }
};
assert.deepStrictEqual(stackOf(() => vm.runInThisContext('let y = 3;\n let x = ;', 'mine.js')).slice(0, 5),
                       ['mine.js:2', ' let x = ;', '         ^', '', "SyntaxError: Unexpected token ';'"]);
assert.deepStrictEqual(stackOf(() => vm.runInThisContext('\n  throw new Error("boo")', 'mine.js')).slice(0, 6),
                       ['mine.js:2', '  throw new Error("boo")', '  ^', '', 'Error: boo', '    at mine.js:2:9']);
assert.strictEqual(stackOf(() => vm.runInThisContext('throw new Error("boo")', { displayErrors: false }))[0], 'Error: boo');

// import() in a script without a callback
(async () => {
  await assert.rejects(vm.runInThisContext('import("fs")'), { code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING' });
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const { readFile } = await vm.runInThisContext('import("fs")', { importModuleDynamically });
  assert.strictEqual(typeof readFile, 'function');
  assert.strictEqual(vm.SourceTextModule, undefined);
})();

if (process.execArgv.length === 0) {
  const { status, stderr } = require('node:child_process').spawnSync(
    process.execPath, ['--experimental-vm-modules', '--no-warnings', `${__dirname}/modules.cjs`], { encoding: 'utf8' });
  assert.strictEqual(stderr, '');
  assert.strictEqual(status, 0);
}
