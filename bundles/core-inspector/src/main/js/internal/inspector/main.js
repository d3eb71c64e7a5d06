'use strict';

// What a process does with the inspector by itself: at its start by options, by SIGUSR1, and at its end.

const { getOptionValue } = require('internal/options');
const state = require('internal/inspector/state');

/** Before any code of the program runs. */
function start() {
  if (getOptionValue('--cpu-prof')) require('internal/inspector/profile_files').startCpuProfile();
  const signal = getOptionValue('--heapsnapshot-signal');
  if (signal) require('internal/inspector/profile_files').writeOnSignal(signal);
  const isGiven = (option) => typeof getOptionValue(option) === 'string'; // with or without an address
  const breaks = isGiven('--inspect-brk');
  const waits = breaks || isGiven('--inspect-wait');
  if (!waits && !isGiven('--inspect')) return;
  const server = require('internal/inspector/server');
  if (!server.openByDefault() || !waits) return;
  require('internal/inspector/waiting').waitForDebugger();
  state.breaks = breaks;
}

/** Right before the first statement of the program. */
function breakOnStart() {
  if (!state.breaks) return;
  state.breaks = false;
  require('internal/inspector/debugger').pauseSoon('Break on start');
}

/** SIGUSR1 */
function startBySignal() {
  require('internal/inspector/server').openByDefault();
}

/** In a worker whose parent is asked about workers. */
function startWorker(mode) {
  require('internal/inspector/threads').begin(mode);
  state.isWorker = true;
}

/** When the program is over: profiles are written, and debuggers may look once more. */
function end() {
  require('internal/inspector/profile_files').writeCpuProfile();
  if (state.isWorker) require('internal/inspector/threads').end();
  if (state.server !== undefined && state.sockets.size > 0) require('internal/inspector/waiting').waitForDisconnect();
}

module.exports = {
  breakOnStart,
  end,
  receive: () => require('internal/inspector/waiting').drain(),
  heapSnapshotChunks: () => require('internal/inspector/heap_snapshot').chunks(),
  start,
  startBySignal,
  startWorker,
  writeHeapSnapshot: (file) => require('internal/inspector/profile_files').writeHeapSnapshot(file),
};
