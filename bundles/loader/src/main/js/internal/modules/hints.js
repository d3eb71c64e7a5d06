'use strict';

// What `import` does not find and `require` would: the most frequent mistake is a name without its extension.

const path = require('path');
const { fileURLToPath, pathToFileURL } = require('url');

function asCommonJs(specifier, base) {
  const { Module } = require('internal/modules/commonjs');
  const file = base.startsWith('file:') ? fileURLToPath(base) : undefined;
  if (file === undefined) return undefined;
  const parent = new Module(file);
  parent.filename = file;
  parent.paths = Module._nodeModulePaths(path.dirname(file));
  try {
    return { found: Module._resolveFilename(specifier, parent, false), folder: path.dirname(file) };
  } catch {
    return undefined;
  }
}

const encode = (file) => file.split('/').map(encodeURIComponent).join('/');

/** What the specifier should be, or undefined. */
function suggestion(specifier, base) {
  const { found, folder } = asCommonJs(specifier, base) ?? {};
  if (found === undefined || !path.isAbsolute(found)) return undefined;
  if (/^\.{0,2}\//.test(specifier)) {
    const relative = encode(path.relative(folder, found));
    return relative.startsWith('../') ? relative : `./${relative}`;
  }
  const [, name] = /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier);
  const marker = `/node_modules/${name}/`;
  const at = found.lastIndexOf(marker);
  return at === -1 ? pathToFileURL(found).href : `${name}/${encode(found.slice(at + marker.length))}`;
}

/** Adds the hint to the message of a failed resolution. */
function addHint(error, specifier, base) {
  const wanted = suggestion(specifier, base);
  if (wanted === undefined || wanted === specifier) return;
  const { message } = error;
  const text = `${message}\nDid you mean to import ${JSON.stringify(wanted)}?`;
  const { stack } = error;
  error.message = text;
  Object.defineProperty(error, 'stack', {
    __proto__: null, value: stack.replace(message, () => text), writable: true, enumerable: false, configurable: true,
  });
}

module.exports = { addHint };
