'use strict';

// DOM exceptions of the Web Cryptography API, and jobs as promises.

const { lazyDOMException } = require('internal/util');

function domError(name, message, cause) {
  const error = lazyDOMException(message, name);
  if (cause !== undefined) Object.defineProperty(error, 'cause', { __proto__: null, value: cause, writable: true, configurable: true });
  return error;
}

const dataError = (message, cause) => domError('DataError', message, cause);
const syntaxError = (message) => domError('SyntaxError', message);
const notSupported = (message) => domError('NotSupportedError', message);
const invalidAccess = (message) => domError('InvalidAccessError', message);
const operationError = (message = 'The operation failed for an operation-specific reason', cause) =>
  domError('OperationError', message, cause);

// Runs `start(callback)` of the binding; whatever fails there is an OperationError.
function job(start) {
  return new Promise((resolve, reject) => {
    const fail = (error) => reject(operationError(undefined, error));
    try {
      start((error, result) => {
        if (error) fail(error);
        else resolve(result);
      });
    } catch (error) {
      fail(error);
    }
  });
}

function toArrayBuffer(bytes) {
  if (bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength) return bytes.buffer;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

module.exports = { dataError, syntaxError, notSupported, invalidAccess, operationError, job, toArrayBuffer };
