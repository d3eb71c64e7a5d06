'use strict';

// What console asks before it writes.

// Streams of the standard descriptors 1 and 2 that the program has touched: until then console writes without them.
const openStdio = { __proto__: null, 1: undefined, 2: undefined };

// `publish(name, args)` is there while diagnostics_channel is loaded: console asks no sooner.
const consoleSubscribers = { __proto__: null, publish: undefined };

module.exports = { consoleSubscribers, openStdio };
