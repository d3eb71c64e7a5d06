'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateInteger, validateOneOf } = require('internal/validators');

const VALIDATIONS = ['strict', 'relaxed', 'insecure'];

/** Puts the options that servers and requests have in common for their parsers on `target`. */
function setParserOptions(target, { maxHeaderSize, insecureHTTPParser, httpValidation }) {
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  target.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  target.insecureHTTPParser = insecureHTTPParser;
  if (httpValidation !== undefined) {
    validateOneOf(httpValidation, 'options.httpValidation', VALIDATIONS);
    if (insecureHTTPParser !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.httpValidation', httpValidation,
                                            'cannot be used together with insecureHTTPParser');
    }
  }
  target.httpValidation = httpValidation;
}

module.exports = { setParserOptions };
