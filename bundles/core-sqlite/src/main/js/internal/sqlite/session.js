'use strict';

const { illegalConstructor } = require('internal/sqlite/errors');

/** For instanceof: there are none, as this SQLite is built without sessions. */
function Session() {
  throw illegalConstructor();
}

module.exports = { Session };
