'use strict';

// What all revisions of this module know together: the connections of this realm, its server, and the engine's debugger.

const runtime = require('internal/runtime');
const { sharedState } = require('internal/symbols');

module.exports = sharedState('inspector', () => ({
  natives: undefined,
  binding: undefined, // of the revision that opened the server or let other threads in: messages arrive there
  connections: new Set(),
  server: undefined, // { url, id, host, port } while it listens
  sockets: new Map(), // the connections of clients of the server, by the server's numbers
  waiting: false, // for a debugger, before the program goes on
  hasStarted: false,
}));

/** The engine's natives; scripts have their numbers from the first call on. */
module.exports.engine ??= function engine() {
  this.natives ??= runtime.debugging();
  return this.natives;
};

/** The binding that holds the server and the messages, whichever revision it is of. */
module.exports.native ??= function native(own) {
  return this.binding ??= own;
};
