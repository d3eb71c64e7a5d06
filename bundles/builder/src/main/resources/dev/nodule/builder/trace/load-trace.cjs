'use strict';

// Preloaded into what `nodule dist --trace` runs: writes down who loads what, at once, as a server may be killed.

const { appendFileSync } = require('node:fs');
const { registerHooks } = require('node:module');

const log = process.env.NODULE_LOAD_TRACE;
const seen = new Set();

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    const line = `${context.parentURL ?? ''}\t${resolved.url}\n`;
    if (!seen.has(line)) {
      seen.add(line);
      appendFileSync(log, line);
    }
    return resolved;
  },
});
