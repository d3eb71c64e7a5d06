'use strict';

// Profiles and snapshots that a process writes into files: --cpu-prof, --heapsnapshot-signal and v8.writeHeapSnapshot.

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');

let sequence = 0;

function two(number) {
  return `${number}`.padStart(2, '0');
}

/** As Node.js names them: CPU.20261122.083000.1234.0.001.cpuprofile */
function fileName(prefix, suffix) {
  const now = new Date();
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${prefix}.${day}.${time}.${process.pid}.${runtime.threadId}.${`${++sequence}`.padStart(3, '0')}.${suffix}`;
}

let stop;

function startCpuProfile() {
  const { begin, DEFAULT_INTERVAL } = require('internal/inspector/profiler_domain');
  stop = begin(getOptionValue('--cpu-prof-interval') || DEFAULT_INTERVAL);
}

function writeCpuProfile() {
  if (stop === undefined) return;
  const { finish } = require('internal/inspector/profiler_domain');
  const profile = finish(stop);
  stop = undefined;
  const fs = require('fs');
  const path = require('path');
  const folder = path.resolve(getOptionValue('--cpu-prof-dir') || getOptionValue('--diagnostic-dir') || '.');
  const name = (getOptionValue('--cpu-prof-name') || fileName('CPU', 'cpuprofile')).replaceAll('${pid}', `${process.pid}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), JSON.stringify(profile));
}

/** Writes a snapshot and gives the file's name. */
function writeHeapSnapshot(file) {
  const fs = require('fs');
  const path = require('path');
  const { chunks } = require('internal/inspector/heap_snapshot');
  const name = file ?? path.join(getOptionValue('--diagnostic-dir') || '', fileName('Heap', 'heapsnapshot'));
  const descriptor = fs.openSync(name, 'w', 0o600);
  try {
    for (const chunk of chunks()) fs.writeSync(descriptor, chunk);
  } finally {
    fs.closeSync(descriptor);
  }
  return name;
}

function writeOnSignal(signal) {
  process.on(signal, () => writeHeapSnapshot());
}

module.exports = { fileName, startCpuProfile, writeCpuProfile, writeHeapSnapshot, writeOnSignal };
