'use strict';

// What JavaScript sees of changes of core modules: process.moduleVersions and the event 'moduleswap'.

const { moduleVersions } = require('internal/runtime');

/** The versions of all modules that have a provider, by name. */
function versions() {
  return Object.fromEntries(moduleVersions());
}

/** A module has another version, or none (`to` is undefined). */
function announce(name, from, to) {
  require('internal/modules/esm').syncBuiltinExports?.();
  process.emit('moduleswap', { module: name, from: from ?? undefined, to: to ?? undefined });
}

module.exports = { announce, versions };
