'use strict';

// package.json files, read once each, with the fields that resolution needs.

const { sharedState } = require('internal/symbols');

const cache = sharedState('module.package_json', () => new Map());

function parse(text, file, base) {
  let data;
  try {
    data = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    throw new (require('internal/errors').codes.ERR_INVALID_PACKAGE_CONFIG)(file, base, error.message);
  }
  const valid = typeof data === 'object' && data !== null;
  const main = valid && typeof data.main === 'string' ? data.main : undefined;
  const name = valid && typeof data.name === 'string' ? data.name : undefined;
  const type = valid && (data.type === 'module' || data.type === 'commonjs') ? data.type : 'none';
  const exports = valid ? data.exports : undefined;
  const imports = valid && typeof data.imports === 'object' && data.imports !== null ? data.imports : undefined;
  return { file, data: valid ? data : {}, main, name, type, exports, imports };
}

/** The package.json of a folder, or undefined. */
function read(folder, base) {
  const file = folder === '/' ? '/package.json' : `${folder}/package.json`;
  let entry = cache.get(file);
  if (entry === undefined) {
    const text = binding.readTextOrUndefined(file);
    entry = text === undefined ? null : parse(text, file, base);
    cache.set(file, entry);
  }
  return entry === null ? undefined : entry;
}

/** The package.json that governs a file: the nearest above it, not beyond a node_modules folder. */
function nearest(path) {
  let folder = path;
  for (;;) {
    const slash = folder.lastIndexOf('/');
    if (slash < 0) return undefined;
    folder = folder.slice(0, slash);
    if (folder.endsWith('/node_modules')) return undefined;
    const entry = read(folder === '' ? '/' : folder);
    if (entry !== undefined) return { folder: folder === '' ? '/' : folder, config: entry };
    if (folder === '') return undefined;
  }
}

module.exports = { read, nearest };
