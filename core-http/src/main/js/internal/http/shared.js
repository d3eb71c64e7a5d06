'use strict';

// What all revisions of this module know together: the listening servers, and the connections that wait for a provider.

const { sharedState } = require('internal/symbols');

module.exports = sharedState('http', () => ({ servers: new Set(), suspended: false, waiting: [] }));
