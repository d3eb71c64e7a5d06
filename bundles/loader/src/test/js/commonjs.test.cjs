'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'nodule-loader-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

function write(files) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

write({
  'a.js': 'exports.early = 1; const b = require("./b"); exports.seen = b.seen; exports.late = 2;',
  'b.js': 'const a = require("./a.js"); exports.seen = Object.keys(a);',
  'data.json': '\ufeff{ "x": [1] }',
  'bad.json': '{ "x": }',
  'bad.js': '\n\nlet a = 1 2;',
  'throws.js': 'globalThis.loads = (globalThis.loads ?? 0) + 1; throw new Error("load");',
  'folder/index.js': 'module.exports = "index";',
  'main/package.json': { main: 'lib/start' },
  'main/lib/start.js': 'module.exports = "start";',
  'both.js': 'module.exports = "file";',
  'both/index.js': 'module.exports = "folder";',
  'self.js': 'module.exports = { id: module.id, file: __filename, dir: __dirname, top: this === exports, parent: module.parent?.filename };',
  'node_modules/plain/index.js': 'module.exports = "outer";',
  'deep/node_modules/plain/index.js': 'module.exports = "inner";',
  'deep/down/asks.js': 'module.exports = [require("plain"), require("../../asks-too")];',
  'asks-too.js': 'module.exports = require("plain");',
  'node_modules/pkg/package.json': {
    name: 'pkg',
    exports: {
      '.': { import: './esm.mjs', require: './cjs.js' },
      './feature/*.js': './src/*.js',
      './feature/private/*': null,
      './only-import': { import: './esm.mjs' },
      './self': './self.js',
    },
    imports: { '#inside': './src/one.js', '#out': 'plain' },
  },
  'node_modules/pkg/cjs.js': 'module.exports = "cjs";',
  'node_modules/pkg/esm.mjs': 'export default "esm"; export const named = 1;',
  'node_modules/pkg/src/one.js': 'module.exports = "one";',
  'node_modules/pkg/self.js': 'module.exports = [require("pkg"), require("#inside"), require("#out")];',
  'esm.mjs': 'export default "default"; export const answer = 42;',
  'top.mjs': 'await 0; export const x = 1;',
  'exports.mjs': 'export { value as "module.exports" }; const value = "chosen";',
});

const from = Module.createRequire(path.join(folder, 'main.js'));
const failure = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail('did not fail');
};

// Files, folders, extensions
assert.strictEqual(from('./folder'), 'index');
assert.strictEqual(from('./main'), 'start');
assert.strictEqual(from('./both'), 'file');
assert.strictEqual(from('./both/'), 'folder');
assert.deepStrictEqual(from('./data'), { x: [1] });
assert.strictEqual(from.resolve('./a'), path.join(folder, 'a.js'));
assert.deepStrictEqual(from('./self'), {
  id: path.join(folder, 'self.js'), file: path.join(folder, 'self.js'), dir: folder, top: true, parent: path.join(folder, 'main.js'),
});

// A cycle sees what is there so far; a module is evaluated once.
assert.deepStrictEqual(from('./a'), { early: 1, seen: ['early'], late: 2 });
assert.strictEqual(from('./a'), from(path.join(folder, 'a.js')));
assert.strictEqual(from.cache[path.join(folder, 'a.js')].loaded, true);
delete from.cache[path.join(folder, 'a.js')];
assert.notStrictEqual(from('./a'), undefined);

// Failures
const missing = failure(() => from('./missing'));
assert.strictEqual(missing.code, 'MODULE_NOT_FOUND');
assert.deepStrictEqual(missing.requireStack, [path.join(folder, 'main.js')]);
assert.strictEqual(missing.message, `Cannot find module './missing'\nRequire stack:\n- ${path.join(folder, 'main.js')}`);
assert.ok(failure(() => from('./bad.json')).message.startsWith(`${path.join(folder, 'bad.json')}: `));
const syntax = failure(() => from('./bad.js'));
assert.ok(syntax instanceof SyntaxError);
assert.strictEqual(syntax.message, 'Unexpected number');
const [place, line, carets, blank, header] = syntax.stack.split('\n');
assert.deepStrictEqual([place, blank, header], [`${path.join(folder, 'bad.js')}:3`, '', 'SyntaxError: Unexpected number']);
assert.match(carets, /^ *\^+$/);
assert.ok(line.length >= carets.length);
failure(() => from('./throws'));
failure(() => from('./throws'));
assert.strictEqual(globalThis.loads, 2, 'what failed is not cached');
for (const wrong of [undefined, 1, {}]) {
  assert.throws(() => from(wrong), { code: 'ERR_INVALID_ARG_TYPE' });
}
assert.throws(() => from(''), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => from('node:nothing'), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });

// Packages
assert.deepStrictEqual(from('./deep/down/asks'), ['inner', 'outer']);
assert.strictEqual(from('pkg'), 'cjs');
assert.strictEqual(from('pkg/feature/one.js'), 'one');
assert.deepStrictEqual(from('pkg/self'), ['cjs', 'one', 'outer']);
assert.throws(() => from('pkg/src/one.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
assert.throws(() => from('pkg/feature/private/x.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
assert.throws(() => from('pkg/only-import'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
assert.throws(() => from('#none'), { code: /ERR_PACKAGE_IMPORT_NOT_DEFINED|MODULE_NOT_FOUND/ });

// ES modules are required like others, unless they await.
assert.strictEqual(from('./esm.mjs').answer, 42);
assert.strictEqual(from('./esm.mjs').default, 'default');
assert.strictEqual(from('./exports.mjs'), 'chosen');
assert.throws(() => from('./top.mjs'), { code: 'ERR_REQUIRE_ASYNC_MODULE' });

// The Module class
assert.ok(Module.builtinModules.includes('fs') && !Module.builtinModules.includes('internal/errors'));
assert.strictEqual(Module.isBuiltin('node:fs') && Module.isBuiltin('fs/promises') && !Module.isBuiltin('pkg'), true);
assert.strictEqual(Module.wrap('x'), '(function (exports, require, module, __filename, __dirname) { x\n});');
assert.deepStrictEqual(Module._nodeModulePaths('/a/b'), ['/a/b/node_modules', '/a/node_modules', '/node_modules']);
assert.strictEqual(Module._resolveFilename(path.join(folder, 'a'), null), path.join(folder, 'a.js'));
const made = new Module('made', null);
made.paths = [];
made._compile('exports.here = __filename', '/virtual/made.js');
assert.deepStrictEqual(made.exports, { here: '/virtual/made.js' });

// Applications hook in by extensions and by replaced functions.
require.extensions['.txt'] = (module, filename) => { module.exports = fs.readFileSync(filename, 'utf8').toUpperCase(); };
write({ 'hello.txt': 'hello' });
assert.strictEqual(from('./hello'), 'HELLO');
delete require.extensions['.txt'];
const { _load } = Module;
Module._load = function(request, ...rest) {
  return request === 'pretended' ? 'mock' : Reflect.apply(_load, this, [request, ...rest]);
};
assert.strictEqual(from('pretended'), 'mock');
assert.strictEqual(from('pkg'), 'cjs');
Module._load = _load;
assert.throws(() => from('pretended'), { code: 'MODULE_NOT_FOUND' });

// What subclasses take over from Module one by one, as test runners have them
{
  class Own extends Module {}
  for (const key of Object.keys(Module)) Own[key] = Module[key];
  assert.deepStrictEqual(Own.builtinModules, Module.builtinModules);
  assert.ok(Object.hasOwn(Own, 'SourceMap'));
}

// A native addon that cannot be loaded
write({ 'node_modules/bcrypt/build/it.node': 'not machine code', 'node_modules/@img/sharp-linux-x64/it.node': '', 'own.node': '' });
for (const [request, alternative] of [['bcrypt/build/it.node', 'Instead of bcrypt, use bcryptjs.'], ['@img/sharp-linux-x64/it.node', 'Instead of sharp,'], ['./own.node', 'Look for']]) {
  assert.throws(() => from(request), (error) => {
    assert.strictEqual(error.code, 'ERR_DLOPEN_FAILED');
    if (process.versions.nodule) assert.ok(error.message.includes('native addons') && error.message.includes(alternative), error.message);
    return true;
  });
}
