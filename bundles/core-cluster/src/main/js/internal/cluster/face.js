'use strict';

// The object that the application has of this module, on which it listens and which it changes.

const { requireBuiltin } = require('internal/runtime');

function face() {
  return requireBuiltin('cluster');
}

/** The listeners that an application gave to an earlier revision stay. */
function keepListeners(cluster, shared) {
  const earlier = shared.started ? face() : undefined;
  if (earlier !== undefined && earlier !== cluster) {
    cluster._events = earlier._events;
    cluster._eventsCount = earlier._eventsCount;
    cluster._maxListeners = earlier._maxListeners;
  }
  shared.started = true;
}

module.exports = { face, keepListeners };
