'use strict';

// Runs before this module goes without another in its place: sockets stay open, but nothing is read and nothing accepted.

const { sharedState } = require('internal/symbols');

binding.suspend(true);
sharedState('net').suspended.push(() => binding.suspend(false));
