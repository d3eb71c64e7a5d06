'use strict';

// Runs before this module goes without another in its place: connections wait, nothing is read and nothing is refused.

const { kConnections } = require('internal/http/symbols');
const shared = require('internal/http/shared');

shared.suspended = true;
for (const server of shared.servers) {
  for (const parser of server[kConnections].all()) {
    parser.pause();
    const handle = parser.socket?._handle;
    if (handle?.reading) {
      handle.reading = false;
      handle.readStop();
    }
  }
}
