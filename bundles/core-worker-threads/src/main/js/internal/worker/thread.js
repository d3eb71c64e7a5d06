'use strict';

// Who this thread is. Lives through swaps of the module.

const { sharedState } = require('internal/symbols');

const MAIN = 0;

/** Of a thread that was started by another one, `internal/worker/main` fills this in. */
module.exports = sharedState('worker_threads.thread', () => ({
  id: binding.threadId,
  isMain: binding.threadId === MAIN,
  name: '',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  environmentData: new Map(),
  control: null,
  sharesEnvironment: false,
}));
