'use strict';

const { deprecate } = require('internal/util');
const { REPLServer } = require('internal/repl/server');
const { REPL_MODE_SLOPPY, REPL_MODE_STRICT } = require('internal/repl/modes');
const { Recoverable, isValidSyntax } = require('internal/repl/syntax');
const { writer } = require('internal/repl/writer');

function start(prompt, source, eval_, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, eval_, useGlobal, ignoreUndefined, replMode);
}

let modules; // What the program has put in place of the list.

function builtinModules() {
  return modules ?? require('module').builtinModules.filter((id) => !id.startsWith('_'));
}

module.exports = { start, writer, REPLServer, REPL_MODE_SLOPPY, REPL_MODE_STRICT, Recoverable, isValidSyntax };

for (const [name, code] of [['builtinModules', 'DEP0191'], ['_builtinLibs', 'DEP0142']]) {
  const message = `repl.${name} is deprecated. Check module.builtinModules instead`;
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: deprecate(builtinModules, message, code),
    set: deprecate((value) => { modules = value; }, message, code),
  });
}
