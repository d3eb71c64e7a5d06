'use strict';

// What the command line asks for, and the end of the process.

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');

function preload() {
  const requests = getOptionValue('--require');
  if (requests.length > 0) require('internal/modules/commonjs').Module._preloadModules(requests);
}

function run() {
  const code = getOptionValue('--eval');
  if (getOptionValue('--check')) {
    require('internal/main/check').run();
  } else if (typeof code === 'string') {
    preload();
    require('internal/main/eval').run(code);
  } else if (runtime.script === '-' || runtime.script === undefined) {
    preload();
    require('internal/main/stdin').run();
  } else {
    process.argv[1] = require('path').resolve(runtime.script);
    preload();
    require('module').runMain();
  }
}

let unsettled = null;

/** The promise of an entry point with top-level await; while it is pending at the end, the exit code is 13. */
function setEntryPromise(state) {
  unsettled = state;
}

function beforeExit() {
  process.emit?.('beforeExit', process.exitCode ?? 0);
}

function exit() {
  if (process._exiting) return Number(process.exitCode ?? 0);
  process._exiting = true;
  if (unsettled !== null && unsettled.pending && process.exitCode === undefined) {
    process.exitCode = 13;
    if (unsettled.warn) unsettled.warn();
  }
  process.emit?.('exit', Number(process.exitCode ?? 0));
  return Number(process.exitCode ?? 0);
}

module.exports = { run, beforeExit, exit, setEntryPromise };
