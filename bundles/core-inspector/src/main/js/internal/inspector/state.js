'use strict';

// What all revisions of this module know together: the connections of this realm, its server, and the engine's debugger.

const runtime = require('internal/runtime');
const { sharedState } = require('internal/symbols');

module.exports = sharedState('inspector', () => ({
  natives: undefined,
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
