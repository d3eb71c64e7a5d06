'use strict';

// Node.js throws these from C++: the codes are those of JavaScript's errors, the texts are not.

function coded(Class, code, message) {
  const error = new Class(message);
  error.code = code;
  return error;
}

const invalidState = (message) => coded(Error, 'ERR_INVALID_STATE', message);
const invalidType = (message) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);
const invalidValue = (message) => coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
const outOfRange = (message) => coded(RangeError, 'ERR_OUT_OF_RANGE', message);
const illegalConstructor = () => coded(Error, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
const illegalInvocation = () => new TypeError('Illegal invocation');

module.exports = { coded, illegalConstructor, illegalInvocation, invalidState, invalidType, invalidValue, outOfRange };
