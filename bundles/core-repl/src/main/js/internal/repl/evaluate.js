'use strict';

// Runs what was typed.

const vm = require('vm');
const { REPL_MODE_STRICT } = require('internal/repl/modes');
const { Recoverable, isObjectLiteral, isRecoverable } = require('internal/repl/syntax');
const { getOptionValue } = require('internal/options');

const importer = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

function compile(code, file) {
  // The constant warns that it is experimental; the REPL may do what others are warned of.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return new vm.Script(code, { filename: file, importModuleDynamically: importer });
  } finally {
    process.emitWarning = emitWarning;
  }
}

function runScript(server, script, context) {
  const options = { displayErrors: false, breakOnSigint: server.breakEvalOnSigint };
  return server.useGlobal ? script.runInThisContext(options) : script.runInContext(context, options);
}

/** The default evaluator: calls back with the error or the result. */
function evaluate(server, code, context, file, callback) {
  if (code === '\n') {
    callback(null);
    return;
  }
  let isWrapped = false;
  let text = code;
  if (isObjectLiteral(code)) {
    text = `(${code.trim()})\n`;
    isWrapped = true;
  }
  const prefix = server.replMode === REPL_MODE_STRICT ? "'use strict'; void 0; " : '';
  let script;
  for (;;) {
    try {
      script = compile(prefix + text, file);
      break;
    } catch (error) {
      if (isWrapped) {
        // A block then.
        isWrapped = false;
        text = code;
        continue;
      }
      const awaited = mayAwait(code) ? require('internal/repl/await').wrapAwait(code) : null;
      if (awaited !== null) {
        evaluateAwait(server, prefix, awaited, context, file, callback);
        return;
      }
      callback(isRecoverable(error, code) ? new Recoverable(error) : error);
      return;
    }
  }
  let result;
  try {
    result = runScript(server, script, context);
  } catch (error) {
    callback(error);
    return;
  }
  callback(null, result);
}

function mayAwait(code) {
  return /\bawait\b/.test(code) && getOptionValue('--experimental-repl-await') !== false;
}

function evaluateAwait(server, prefix, { declarations, text }, context, file, callback) {
  let promise;
  try {
    if (declarations !== '') runScript(server, compile(declarations, file), context);
    promise = runScript(server, compile(prefix + text, file), context);
  } catch (error) {
    callback(error);
    return;
  }
  server.holdLines();
  let isOver = false;
  const once = (after) => (value) => {
    if (isOver) return;
    isOver = true;
    server.removeListener('SIGINT', interrupt);
    // The prompt is there before what was typed meanwhile is read.
    after(value);
    server.releaseLines();
  };
  const interrupt = once(() => {
    const error = new Error('Script execution was interrupted by `SIGINT`');
    error.code = 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
    error.stack = error.toString();
    callback(error);
  });
  server.prependListener('SIGINT', interrupt);
  promise.then(once((result) => callback(null, result?.value)), once((error) => callback(error)));
}

module.exports = { evaluate };
