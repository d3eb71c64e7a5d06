'use strict';

// Milliseconds since the process started, and when that was.

const { hrtime, startMillis } = require('internal/runtime');

module.exports = { now: () => hrtime(), timeOrigin: startMillis };
