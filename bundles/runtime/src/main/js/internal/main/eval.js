'use strict';

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');

// Where the current directory was removed, the program's own stands in.
function currentDirectory() {
  try {
    return process.cwd();
  } catch {
    return require('path').dirname(process.execPath);
  }
}

function scriptModule(name) {
  const { Module, makeRequire } = require('internal/modules/commonjs');
  const module = new Module(name);
  const directory = currentDirectory();
  module.filename = require('path').join(directory, name);
  module.paths = Module._nodeModulePaths(directory);
  return { module, require: makeRequire(module) };
}

/** Runs code in the global scope, with require and the other names of a module as globals. */
function evaluate(code, name) {
  const { module, require: userRequire } = scriptModule(name);
  const globals = { module, exports: module.exports, require: userRequire, __filename: name, __dirname: '.' };
  for (const [key, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
  }
  // Core modules are globals of -e, -p and standard input; crypto is the module there, not Web Crypto.
  for (const id of runtime.builtinIds()) {
    if (id.includes('/') || id.startsWith('_') || (id in globalThis && id !== 'crypto')) continue;
    const set = (value) => Object.defineProperty(globalThis, id, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(globalThis, id, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = runtime.requireBuiltin(id);
        set(value);
        return value;
      },
      set,
    });
  }
  require('internal/main').breakOnStart();
  return runtime.runScript(code, name);
}

/** Runs code of the command line or of standard input, in the module system that it is written for. */
function run(code, name = '[eval]') {
  const preloads = getOptionValue('--import').length > 0 || getOptionValue('--experimental-loader').length > 0;
  if (preloads && getOptionValue('--input-type') !== 'module') {
    require('internal/modules/esm').runAfterPreloads(() => runCode(code, name));
  } else {
    runCode(code, name);
  }
}

/** What fails as JavaScript may be TypeScript; the error is JavaScript's if it is not. */
function withoutTypes(code, name) {
  const { isEnabled, strip } = require('internal/modules/typescript');
  if (!isEnabled()) return code;
  try {
    return strip(code, name);
  } catch {
    return code;
  }
}

function runCode(code, name) {
  const esm = getOptionValue('--input-type');
  if (esm.endsWith('-typescript')) code = require('internal/modules/typescript').strip(code, name);
  if (esm === 'module' || esm === 'module-typescript') {
    require('internal/modules/esm').runSource(code, '[eval1]');
    return;
  }
  let result;
  try {
    result = evaluate(code, name);
  } catch (error) {
    if (esm !== '' || error?.name !== 'SyntaxError') throw error;
    const { hasModuleSyntax, runSource } = require('internal/modules/esm');
    if (hasModuleSyntax(code)) {
      runSource(code, '[eval1]');
      return;
    }
    const plain = withoutTypes(code, name);
    if (plain === code) throw error;
    if (hasModuleSyntax(plain)) {
      runSource(plain, '[eval1]');
      return;
    }
    result = evaluate(plain, name);
  }
  if (getOptionValue('--print')) require('console').log(result);
}

module.exports = { evaluate, run };
