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
