'use strict';

// Which code of the program ran: NODE_V8_COVERAGE names the folder of a file in the form of V8's precise coverage, written when
// the process ends.

const runtime = require('internal/runtime');

let folder;
let count = 0;

/** Counts from now on; what ran before is not known. */
function start(directory) {
  runtime.startCoverage();
  if (directory === undefined || folder !== undefined) return;
  folder = require('path').resolve(directory);
  process.env.NODE_V8_COVERAGE = folder;
  process.on('exit', write);
}

/** What was counted, as an object of V8's form. */
function take() {
  return { result: runtime.takeCoverage().map((script, i) => ({ scriptId: String(i + 1), ...script })), timestamp: Date.now() };
}

/** Writes what was counted so far. */
function write() {
  if (folder === undefined) return;
  const fs = require('fs');
  try {
    fs.mkdirSync(folder, { recursive: true });
    const file = `${folder}/coverage-${process.pid}-${Date.now()}-${count++}.json`;
    fs.writeFileSync(file, JSON.stringify(take()));
  } catch (error) {
    process.emitWarning(`Failed to write coverage to ${folder}: ${error.message}`);
  }
}

function stop() {
  folder = undefined;
}

module.exports = { start, stop, take, write };
