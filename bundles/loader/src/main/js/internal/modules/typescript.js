'use strict';

// Files with types: which they are, and their text without the types. The bundle that strips is asked for when the first one is read.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');

const ENDING = /\.[cm]?ts$/;

function isEnabled() {
  return getOptionValue('--strip-types') && getOptionValue('--experimental-strip-types');
}

function isTypeScript(filename) {
  return ENDING.test(filename) && isEnabled();
}

function strip(source, filename) {
  if (/[\\/]node_modules[\\/]/.test(filename)) throw new codes.ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING(filename);
  return stripper()(source, filename);
}

function stripper() {
  let stripTypes;
  try {
    ({ stripTypes } = runtime.requireBuiltin('internal/typescript'));
  } catch (error) {
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_UNAVAILABLE') throw new codes.ERR_NO_TYPESCRIPT();
    throw error;
  }
  return stripTypes;
}

/** The text of a module's file, without a byte order mark and without types. */
function readModuleText(filename) {
  const text = binding.readText(filename);
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return isTypeScript(filename) ? strip(source, filename) : source;
}

/** https://nodejs.org/api/module.html#modulestriptypescripttypescode-options */
function stripTypeScriptTypes(code, options = {}) {
  const { validateObject, validateOneOf, validateString } = require('internal/validators');
  require('internal/util').emitExperimentalWarning('stripTypeScriptTypes');
  validateString(code, 'code');
  validateObject(options, 'options');
  const { sourceMap = false, sourceUrl = '', mode = 'strip' } = options;
  validateOneOf(mode, 'options.mode', ['strip']);
  validateString(sourceUrl, 'options.sourceUrl');
  validateOneOf(sourceMap, 'options.sourceMap', [false, undefined]);
  const text = stripper()(code, sourceUrl);
  return sourceUrl === '' ? text : `${text}\n\n//# sourceURL=${sourceUrl}`;
}

module.exports = { isEnabled, isTypeScript, readModuleText, strip, stripTypeScriptTypes };
