'use strict';

// Where in the program a test was named.

const runtime = require('internal/runtime');

const getCallSites = runtime.getCallSites ?? runtime.details.getCallSites;
const FRAMES = 16;

/** { file, line, column } of the nearest caller that is no core module, or undefined. */
function callerLocation() {
  for (const site of getCallSites(FRAMES)) {
    const name = site.scriptName ?? '';
    if (name === '' || name.startsWith('node:')) continue;
    const { file, line, column } = mapped(name, site.lineNumber, site.columnNumber ?? site.column);
    return { __proto__: null, line, column, file: file.startsWith('file:') ? require('url').fileURLToPath(file) : file };
  }
  return undefined;
}

function mapped(file, line, column) {
  if (!process.sourceMapsEnabled) return { file, line, column };
  const entry = require('module').findSourceMap(file)?.findEntry(line - 1, column - 1);
  return entry?.originalSource === undefined ? { file, line, column } :
    { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

module.exports = { callerLocation };
