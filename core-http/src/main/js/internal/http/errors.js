'use strict';

/** The error of an exchange whose connection was lost. */
function ConnResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

module.exports = { ConnResetException };
