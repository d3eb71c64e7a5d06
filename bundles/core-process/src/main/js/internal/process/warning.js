'use strict';

// process.emitWarning, and how warnings are printed.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { sharedState } = require('internal/symbols');

const state = sharedState('process.warning', () => ({ hinted: false })); // the hint about --trace-... comes once
let disabled; // --disable-warning

function isDisabled(warning) {
  disabled ??= new Set(getOptionValue('--disable-warning') || []);
  return disabled.size > 0 && (disabled.has(warning.name) || (warning.code && disabled.has(warning.code)));
}

function write(message) {
  const file = getOptionValue('--redirect-warnings') || process.env.NODE_REDIRECT_WARNINGS;
  if (file) {
    try {
      require('fs').appendFileSync(file, `${message}\n`);
      return;
    } catch {
      // Then standard error.
    }
  }
  runtime.writeStdio(2, `${message}\n`);
}

function onWarning(warning) {
  if (!(warning instanceof Error) || isDisabled(warning)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let message = `(${process.release.name}:${process.pid}) `;
  if (warning.code) message += `[${warning.code}] `;
  if (trace && warning.stack) message += warning.stack;
  else message += typeof warning.toString === 'function' ? warning.toString() : Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') message += `\n${warning.detail}`;
  if (!trace && !state.hinted) {
    state.hinted = true;
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const name = require('path').basename(process.argv0 || 'node', '.exe');
    message += `\n(Use \`${name} ${flag} ...\` to show where the warning was created)`;
  }
  write(message);
}

function createWarning(message, type, code, constructorOpt, detail) {
  const warning = new Error(message);
  warning.name = String(type || 'Warning');
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace(warning, constructorOpt || emitWarning);
  return warning;
}

function emitWarning(warning, type, code, ctor) {
  const { validateString } = require('internal/validators');
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = '';
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    // A deprecation that is switched off costs no stack.
    if (type === 'DeprecationWarning' && process.noDeprecation) return;
    warning = createWarning(warning, type, code || undefined, ctor, detail);
  } else if (!(warning instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      process.nextTick(() => { throw warning; });
      return;
    }
  }
  process.nextTick(() => { process.emit('warning', warning); });
}

module.exports = { emitWarning, onWarning };
