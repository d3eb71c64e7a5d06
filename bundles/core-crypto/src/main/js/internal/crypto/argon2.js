'use strict';

// argon2 and argon2Sync.

const { validateFunction, validateInteger, validateObject, validateOneOf, validateString, validateUint32 } = require('internal/validators');
const { toBytes } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const LIMIT = 2 ** 32 - 1;

function prepare(algorithm, parameters) {
  validateString(algorithm, 'algorithm');
  validateOneOf(algorithm, 'algorithm', ['argon2d', 'argon2i', 'argon2id']);
  validateObject(parameters, 'parameters');
  const { parallelism, tagLength, memory, passes } = parameters;
  const message = toBytes(parameters.message, 'parameters.message');
  validateInteger(message.byteLength, 'parameters.message.byteLength', 0, LIMIT);
  const nonce = toBytes(parameters.nonce, 'parameters.nonce');
  validateInteger(nonce.byteLength, 'parameters.nonce.byteLength', 8, LIMIT);
  validateInteger(parallelism, 'parameters.parallelism', 1, 2 ** 24 - 1);
  validateInteger(tagLength, 'parameters.tagLength', 4, LIMIT);
  validateInteger(memory, 'parameters.memory', 8 * parallelism, LIMIT);
  validateUint32(passes, 'parameters.passes', true);
  const secret = parameters.secret === undefined ? Buffer.alloc(0) : toBytes(parameters.secret, 'parameters.secret');
  const associated = parameters.associatedData === undefined ? Buffer.alloc(0) :
    toBytes(parameters.associatedData, 'parameters.associatedData');
  return [algorithm, message, nonce, secret, associated, parallelism, tagLength, memory, passes];
}

function argon2(algorithm, parameters, callback) {
  const prepared = prepare(algorithm, parameters);
  validateFunction(callback, 'callback');
  binding.argon2(...prepared, (error, bytes) => {
    if (error) callback(error);
    else callback(null, bytes);
  });
}

function argon2Sync(algorithm, parameters) {
  return binding.argon2(...prepare(algorithm, parameters));
}

module.exports = { argon2, argon2Sync };
