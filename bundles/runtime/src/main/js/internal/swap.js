'use strict';

// What JavaScript sees of changes of core modules: process.moduleVersions and the event 'moduleswap'.

const { moduleVersions } = require('internal/runtime');

/** The versions of all modules that have a provider, by name. */
function versions() {
  return Object.fromEntries(moduleVersions());
}

/** A module has another version, or none (`to` is undefined). */
function announce(name, from, to) {
  // While the loader itself is stopped nothing is imported; its start is announced as well.
  if (Object.hasOwn(versions(), 'module')) require('internal/modules/esm').syncBuiltinESMExports();
  process.emit('moduleswap', { module: name, from: from ?? undefined, to: to ?? undefined });
}

module.exports = { announce, versions };
