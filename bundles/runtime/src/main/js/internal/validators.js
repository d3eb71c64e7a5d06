'use strict';

// Checks of arguments that users gave: each returns or throws Node's error. The stack begins at the validator's caller.

const { codes, captureFrom } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateString } = require('internal/check_string');

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1;
const kValidateObjectAllowArray = 2;
const kValidateObjectAllowFunction = 4;
const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
const kValidateObjectAllowObjectsAndNull = kValidateObjectAllowObjects | kValidateObjectAllowNullable;

function invalidType(validator, name, expected, value) {
  return captureFrom(new codes.ERR_INVALID_ARG_TYPE(name, expected, value), validator);
}

function invalidValue(validator, name, value, reason) {
  return captureFrom(new codes.ERR_INVALID_ARG_VALUE(name, value, reason), validator);
}

function outOfRange(validator, name, range, value) {
  return captureFrom(new codes.ERR_OUT_OF_RANGE(name, range, value), validator);
}

function isInt32(value) {
  return value === (value | 0);
}

function isUint32(value) {
  return value === (value >>> 0);
}

function validateStringWithoutNullBytes(value, name) {
  validateString(value, name);
  if (value.includes('\u0000')) {
    throw invalidValue(validateStringWithoutNullBytes, name, value, 'must be a string without null bytes');
  }
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') throw invalidType(validateBoolean, name, 'boolean', value);
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') throw invalidType(validateNumber, name, 'number', value);
  if ((min != null && value < min) || (max != null && value > max) ||
      ((min != null || max != null) && Number.isNaN(value))) {
    const lower = min != null ? `>= ${min}` : '';
    const upper = max != null ? `<= ${max}` : '';
    throw outOfRange(validateNumber, name, `${lower}${lower && upper ? ' && ' : ''}${upper}`, value);
  }
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') throw invalidType(validateInteger, name, 'number', value);
  if (!Number.isInteger(value)) throw outOfRange(validateInteger, name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(validateInteger, name, `>= ${min} && <= ${max}`, value);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  if (typeof value !== 'number') throw invalidType(validateInt32, name, 'number', value);
  if (!Number.isInteger(value)) throw outOfRange(validateInt32, name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(validateInt32, name, `>= ${min} && <= ${max}`, value);
}

function validateUint32(value, name, positive = false) {
  if (typeof value !== 'number') throw invalidType(validateUint32, name, 'number', value);
  if (!Number.isInteger(value)) throw outOfRange(validateUint32, name, 'an integer', value);
  const min = positive ? 1 : 0;
  if (value < min || value > 4294967295) {
    throw outOfRange(validateUint32, name, `>= ${min} && <= 4294967295`, value);
  }
}

// False for what stands for "not given"; throws for what is no finite number.
function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  if (typeof value !== 'number') throw invalidType(validateFiniteNumber, name, 'number', value);
  throw outOfRange(validateFiniteNumber, name, 'a finite number', value);
}

function checkRangesOrGetDefault(value, name, lower, upper, defaultValue) {
  if (!validateFiniteNumber(value, name)) return defaultValue;
  if (value < lower || value > upper) {
    throw outOfRange(checkRangesOrGetDefault, name, `>= ${lower} and <= ${upper}`, value);
  }
  return value;
}

// A file mode as a number, from a number or a string of octal digits.
function parseFileMode(value, name, defaultValue) {
  value ??= defaultValue;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value)) {
      throw invalidValue(parseFileMode, name, value, 'must be a 32-bit unsigned integer or an octal string');
    }
    value = parseInt(value, 8);
  }
  validateUint32(value, name);
  return value;
}

function validateOneOf(value, name, oneOf) {
  if (!oneOf.includes(value)) {
    const allowed = oneOf.map((v) => (typeof v === 'string' ? `'${v}'` : String(v))).join(', ');
    throw invalidValue(validateOneOf, name, value, `must be one of: ${allowed}`);
  }
}

function validateObject(value, name, options = kValidateObjectNone) {
  if (options === kValidateObjectNone) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw invalidType(validateObject, name, 'Object', value);
    }
    return;
  }
  if (value === null ? !(options & kValidateObjectAllowNullable) :
    (Array.isArray(value) && !(options & kValidateObjectAllowArray)) ||
    (typeof value !== 'object' && (typeof value !== 'function' || !(options & kValidateObjectAllowFunction)))) {
    throw invalidType(validateObject, name, 'Object', value);
  }
}

function validateDictionary(value, name) {
  if (value != null && typeof value !== 'object' && typeof value !== 'function') {
    throw invalidType(validateDictionary, name, 'a dictionary', value);
  }
}

function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) throw invalidType(validateArray, name, 'Array', value);
  if (value.length < minLength) {
    throw invalidValue(validateArray, name, value, `must have a length of at least ${minLength}`);
  }
}

function validateStringArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
}

function validateBooleanArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateBoolean(value[i], `${name}[${i}]`);
}

function validateAbortSignalArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) {
    const signal = value[i];
    if (signal == null) throw invalidType(validateAbortSignalArray, `${name}[${i}]`, 'AbortSignal', signal);
    validateAbortSignal(signal, `${name}[${i}]`);
  }
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw invalidType(validateAbortSignal, name, 'AbortSignal', signal);
  }
}

function validateFunction(value, name) {
  if (typeof value !== 'function') throw invalidType(validateFunction, name, 'Function', value);
}

function validatePlainFunction(value, name) {
  if (typeof value !== 'function' || require('internal/util/types').isAsyncFunction(value)) {
    throw invalidType(validatePlainFunction, name, 'Function', value);
  }
}

function validateUndefined(value, name) {
  if (value !== undefined) throw invalidType(validateUndefined, name, 'undefined', value);
}

function validateUnion(value, name, union) {
  if (!union.includes(value)) throw invalidType(validateUnion, name, `('${union.join('|')}')`, value);
}

function validateBuffer(buffer, name = 'buffer') {
  if (!isArrayBufferView(buffer)) {
    throw invalidType(validateBuffer, name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

function validateEncoding(data, encoding) {
  if (data.length % 2 !== 0 && require('internal/util').normalizeEncoding(encoding) === 'hex') {
    throw invalidValue(validateEncoding, 'encoding', encoding, `is invalid for data of length ${data.length}`);
  }
}

// The port as a number.
function validatePort(port, name = 'Port', allowZero = true) {
  if ((typeof port !== 'number' && typeof port !== 'string') || (typeof port === 'string' && port.trim() === '') ||
      +port !== (+port >>> 0) || port > 0xFFFF || (port === 0 && !allowZero)) {
    throw captureFrom(new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero), validatePort);
  }
  return port | 0;
}

function validateSignalName(signal, name = 'signal') {
  validateString(signal, name);
  const { signals } = require('os').constants;
  if (signals[signal] === undefined) {
    const hint = signals[signal.toUpperCase()] === undefined ? '' : ' (signals must use all capital letters)';
    throw captureFrom(new codes.ERR_UNKNOWN_SIGNAL(signal + hint), validateSignalName);
  }
}

// `options.ignore` of file searches: a pattern, or several.
function validateIgnoreOption(value, name) {
  const check = (pattern, itsName) => {
    if (typeof pattern !== 'string' && typeof pattern !== 'function' &&
        !require('internal/util/types').isRegExp(pattern)) {
      throw invalidType(validateIgnoreOption, itsName, ['string', 'RegExp', 'Function'], pattern);
    }
  };
  if (value == null) return;
  if (!Array.isArray(value)) return check(value, name);
  for (let i = 0; i < value.length; i++) check(value[i], `${name}[${i}]`);
}

const linkValue = /^(?:<[^>\r\n]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
const linkFormat = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';

// The header's text, from one link or several.
function validateLinkHeaderValue(hints) {
  const check = (value) => {
    if (typeof value !== 'string' || !linkValue.test(value)) {
      throw invalidValue(validateLinkHeaderValue, 'hints', value, linkFormat);
    }
  };
  if (typeof hints === 'string') {
    check(hints);
    return hints;
  }
  if (!Array.isArray(hints)) throw invalidValue(validateLinkHeaderValue, 'hints', hints, linkFormat);
  hints.forEach(check);
  return hints.join(', ');
}

function validateThisInternalField(object, fieldKey, className) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, fieldKey)) {
    throw captureFrom(new codes.ERR_INVALID_THIS(className), validateThisInternalField);
  }
}

module.exports = {
  invalidType,
  isInt32,
  isUint32,
  kValidateObjectNone,
  kValidateObjectAllowNullable,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  parseFileMode,
  validateString,
  validateStringWithoutNullBytes,
  validateBoolean,
  validateNumber,
  validateInteger,
  validateInt32,
  validateUint32,
  validateFiniteNumber,
  checkRangesOrGetDefault,
  validateOneOf,
  validateObject,
  validateDictionary,
  validateArray,
  validateStringArray,
  validateBooleanArray,
  validateAbortSignalArray,
  validateAbortSignal,
  validateFunction,
  validatePlainFunction,
  validateUndefined,
  validateUnion,
  validateBuffer,
  validateEncoding,
  validatePort,
  validateSignalName,
  validateIgnoreOption,
  validateLinkHeaderValue,
  validateThisInternalField,
};
