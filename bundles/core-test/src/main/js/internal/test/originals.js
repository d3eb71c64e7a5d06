'use strict';

// Timers of the runner's own, which mock.timers does not touch.

const { setTimeout, clearTimeout, setImmediate, setInterval, clearInterval } = require('timers');

module.exports = { setTimeout, clearTimeout, setImmediate, setInterval, clearInterval };
