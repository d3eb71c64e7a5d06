'use strict';

// https://nodejs.org/api/v8.html, as far as it can mean something on another engine.

const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateOneOf, validateString, validateUint32 } = require('internal/validators');

function number(value) {
  return Math.max(0, value);
}

function getHeapStatistics() {
  const [committed, used, limit, otherUsed, otherCommitted, direct] = binding.heap();
  return {
    total_heap_size: committed,
    total_heap_size_executable: 0,
    total_physical_size: committed,
    total_available_size: number(limit - used),
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: otherUsed,
    peak_malloced_memory: otherCommitted,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: direct,
    total_allocated_bytes: used,
  };
}

// V8's spaces, and which pools of the JVM count for each.
const SPACES = [
  ['read_only_space', ''], ['new_space', 'young'], ['old_space', 'old'], ['code_space', 'code'], ['shared_space', ''],
  ['trusted_space', 'other'], ['shared_trusted_space', ''], ['new_large_object_space', ''], ['large_object_space', ''],
  ['code_large_object_space', ''], ['shared_large_object_space', ''], ['shared_trusted_large_object_space', ''],
  ['trusted_large_object_space', ''],
];

function getHeapSpaceStatistics() {
  const pools = binding.spaces();
  return SPACES.map(([name, kind]) => {
    let size = 0;
    let used = 0;
    for (const [, poolKind, committed, inUse] of pools) {
      if (poolKind !== kind) continue;
      size += committed;
      used += inUse;
    }
    return {
      space_name: name,
      space_size: size,
      space_used_size: used,
      space_available_size: number(size - used),
      physical_space_size: size,
    };
  });
}

function getHeapCodeStatistics() {
  let code = 0;
  for (const [, kind, , used] of binding.spaces()) if (kind === 'code') code += used;
  return {
    code_and_metadata_size: code,
    bytecode_and_metadata_size: 0,
    external_script_source_size: 0,
    cpu_profiler_metadata_size: 0,
  };
}

function getCppHeapStatistics(type = 'detailed') {
  validateOneOf(type, 'type', ['brief', 'detailed']);
  const statistics = {
    committed_size_bytes: 0, resident_size_bytes: 0, used_size_bytes: 0, space_statistics: [], type_names: [],
  };
  statistics.detail_level = type;
  return statistics;
}

let flags = '';

/** The engine has none of V8's flags: they are taken and have no effect. */
function setFlagsFromString(value) {
  validateString(value, 'flags');
  flags += `${value}\n`;
}

/** Differs between versions and flags, as V8's does. */
function cachedDataVersionTag() {
  let hash = 5381;
  for (const character of `${process.version} ${process.versions.v8} ${flags}`) hash = (hash * 33 + character.charCodeAt(0)) >>> 0;
  return hash;
}

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return !/[^\x00-\xff]/.test(content);
}

function unavailable(name) {
  return { [name]() { throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`v8.${name}()`); } }[name];
}

// Without NODE_V8_COVERAGE there is nothing to take or to stop.
function takeCoverage() {
  require('internal/coverage').write();
  require('internal/runtime').resetCoverage();
}

function stopCoverage() {
  require('internal/coverage').stop();
}

function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('v8.setHeapSnapshotNearHeapLimit()');
}

function snapshots() {
  return require('internal/inspector/main');
}

function checkSnapshotOptions(options) {
  if (options === undefined) return;
  const { validateBoolean, validateObject } = require('internal/validators');
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
}

/** What JavaScript can reach, with estimated sizes. */
function writeHeapSnapshot(filename, options) {
  if (filename instanceof URL) filename = require('url').fileURLToPath(filename);
  checkSnapshotOptions(options);
  return snapshots().writeHeapSnapshot(filename);
}

function getHeapSnapshot(options) {
  checkSnapshotOptions(options);
  const { Readable } = require('stream');
  return Readable.from(snapshots().heapSnapshotChunks(), { objectMode: false });
}

const kStarted = stateSymbol('v8.gcProfiler');

class GCProfiler {
  constructor() {
    Object.defineProperty(this, kStarted, { __proto__: null, value: undefined, writable: true });
  }

  start() {
    this[kStarted] ??= Date.now();
  }

  stop() {
    const startTime = this[kStarted];
    if (startTime === undefined) return undefined;
    this[kStarted] = undefined;
    return { version: 1, startTime, statistics: [], endTime: Date.now() };
  }
}

function notBuilding() {
  throw new codes.ERR_NOT_BUILDING_SNAPSHOT();
}

const startupSnapshot = {
  addDeserializeCallback(callback) {
    notBuilding();
  },
  addSerializeCallback(callback) {
    notBuilding();
  },
  setDeserializeMainFunction(callback, data) {
    notBuilding();
  },
  isBuildingSnapshot() {
    return false;
  },
};

const { DefaultSerializer, Serializer, serialize } = require('internal/v8/serializer');
const { DefaultDeserializer, Deserializer, deserialize } = require('internal/v8/deserializer');

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage,
  stopCoverage,
  serialize,
  writeHeapSnapshot,
  promiseHooks: require('internal/v8/promise_hooks'),
  queryObjects: unavailable('queryObjects'),
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  setHeapProfileNearHeapLimit: unavailable('setHeapProfileNearHeapLimit'),
  GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile: unavailable('startCpuProfile'),
  startHeapProfile: unavailable('startHeapProfile'),
};
