'use strict';

// Which files are tests: those of patterns, or by Node's names for them.

const DEFAULTS = [
  '**/test/**/*.EXT', '**/*.test.EXT', '**/*-test.EXT', '**/*_test.EXT', '**/test-*.EXT', '**/test.EXT',
];

function defaultPatterns() {
  const extensions = process.features.typescript ? '{cjs,mjs,js,cts,mts,ts}' : '{cjs,mjs,js}';
  return DEFAULTS.map((pattern) => pattern.replace('EXT', extensions));
}

/** Absolute paths in the order of their names. */
function findFiles(patterns, cwd) {
  const path = require('path');
  const fs = require('fs');
  const given = patterns === undefined || patterns.length === 0 ? defaultPatterns() : patterns;
  const found = new Set();
  for (const pattern of given) {
    // A name is meant as it is, whatever characters it has.
    if (fs.statSync(path.resolve(cwd, pattern), { throwIfNoEntry: false })?.isFile()) {
      found.add(path.resolve(cwd, pattern));
      continue;
    }
    for (const file of fs.globSync(pattern, { cwd, exclude: (name) => name === 'node_modules' || String(name).endsWith('/node_modules') })) {
      found.add(path.resolve(cwd, file));
    }
  }
  return [...found].filter((file) => !fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()).sort();
}

module.exports = { defaultPatterns, findFiles };
