'use strict';

// The domain HeapProfiler: snapshots. Where objects were allocated is not recorded.

const { ProtocolError, switches } = require('internal/inspector/connection');

function takeHeapSnapshot(connection, { reportProgress }) {
  const { chunks } = require('internal/inspector/heap_snapshot');
  if (reportProgress) connection.notify('HeapProfiler.reportHeapSnapshotProgress', { done: 0, total: 1 });
  const all = [...chunks()];
  if (reportProgress) connection.notify('HeapProfiler.reportHeapSnapshotProgress', { done: 1, total: 1, finished: true });
  for (const chunk of all) connection.notify('HeapProfiler.addHeapSnapshotChunk', { chunk });
}

function unsupported(what) {
  return () => {
    throw new ProtocolError(`${what} is not supported`);
  };
}

const commands = {
  ...switches('HeapProfiler'),
  takeHeapSnapshot,
  collectGarbage() {
    require('internal/runtime').collectGarbage();
  },
  // A snapshot can be taken; only the places of allocation are missing in it.
  startTrackingHeapObjects() {},
  stopTrackingHeapObjects: takeHeapSnapshot,
  startSampling: unsupported('HeapProfiler.startSampling'),
  stopSampling: unsupported('HeapProfiler.stopSampling'),
  getSamplingProfile: unsupported('HeapProfiler.getSamplingProfile'),
  getObjectByHeapObjectId: unsupported('HeapProfiler.getObjectByHeapObjectId'),
  getHeapObjectId: unsupported('HeapProfiler.getHeapObjectId'),
  addInspectedHeapObject() {},
};

module.exports = { domains: { HeapProfiler: { commands } } };
