'use strict';

// Finds out in which module system the entry point is written and loads it.

const path = require('path');
const { Module, endingOf } = require('internal/modules/commonjs');
const { getOptionValue } = require('internal/options');
const { threadId } = require('internal/runtime');

function isEsModule(file) {
  if (file === false) return false;
  const ending = endingOf(file);
  if (ending === '.mjs') return true;
  if (ending === '.cjs') return false;
  return require('internal/modules/package_json').nearest(file)?.config.type === 'module';
}

function runEntryPoint(main) {
  if (threadId === 0 && getOptionValue('--input-type')) throw new (require('internal/errors').codes.ERR_INPUT_TYPE_NOT_ALLOWED)();
  const file = Module._findPath(path.resolve(main), null, true);
  if (isEsModule(file) || getOptionValue('--import').length > 0 || getOptionValue('--experimental-loader').length > 0) {
    require('internal/modules/esm').runMain(file === false ? path.resolve(main) : file);
    return;
  }
  Module._load(main, null, true);
}

module.exports = { runEntryPoint, isEsModule };
