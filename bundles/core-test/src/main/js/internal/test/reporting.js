'use strict';

// Connects the events of a run to the reporters of the command line, and those to their destinations.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const builtin = {
  __proto__: null,
  'dot': () => require('internal/test/reporters/dot').dot,
  'junit': () => require('internal/test/reporters/junit').junitReporter,
  'lcov': () => require('internal/test/reporters/lcov').LcovReporter,
  'spec': () => require('internal/test/reporters/spec').SpecReporter,
  'tap': () => require('internal/test/reporters/tap').tapReporter,
  'internal/test/wire': () => require('internal/test/wire').wireReporter,
};

function destinationOf(name) {
  if (name === 'stdout') return process.stdout;
  if (name === 'stderr') return process.stderr;
  return require('fs').createWriteStream(name);
}

/** The reporter of a name, or a promise of it: a file or package of the program's. */
function load(name) {
  if (builtin[name] !== undefined) return builtin[name]();
  const { createRequire } = require('module');
  const { pathToFileURL } = require('url');
  const base = `${process.cwd()}/`;
  let file;
  try {
    file = createRequire(base).resolve(name);
  } catch {
    file = undefined; // A package for import alone, or nothing: importing says which.
  }
  const specifier = file === undefined ? name : pathToFileURL(file).href;
  return require('internal/modules/esm').importDynamically(specifier, pathToFileURL(base).href, {}).then((found) => found.default ?? found);
}

function attach(stream, reporter, destination, name) {
  if (reporter?.prototype !== undefined && Object.getOwnPropertyDescriptor(reporter.prototype, 'constructor')?.value === reporter) {
    reporter = new reporter();
  }
  if (reporter === undefined || reporter === null || (typeof reporter !== 'function' && typeof reporter !== 'object')) {
    throw new ERR_INVALID_ARG_TYPE('Reporter', ['function', 'object'], name);
  }
  const isStandard = destination === process.stdout || destination === process.stderr;
  const { compose, pipeline } = require('stream');
  const output = compose(stream, reporter);
  if (isStandard) {
    output.on('data', (chunk) => destination.write(chunk));
    output.on('error', (error) => { throw error; });
  } else {
    pipeline(output, destination, (error) => { if (error) throw error; });
  }
}

/** Undefined, or a promise where reporters have to be loaded first. */
function connect(stream, { reporters, destinations }) {
  const loaded = reporters.map(load);
  const attachAll = (list) => list.forEach((reporter, i) => {
    // Each reads the events on its own.
    const { PassThrough } = require('stream');
    const source = list.length === 1 ? stream : stream.pipe(new PassThrough({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER }));
    attach(source, reporter, destinationOf(destinations[i]), reporters[i]);
  });
  if (loaded.some((each) => typeof each.then === 'function')) return Promise.all(loaded).then(attachAll);
  attachAll(loaded);
  return undefined;
}

module.exports = { connect };
