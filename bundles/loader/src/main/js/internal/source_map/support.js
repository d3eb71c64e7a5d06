'use strict';

// Source maps of the files that are loaded, and stacks that tell places in the sources these were made from
// (`--enable-source-maps`, module.setSourceMapsSupport).

const runtime = require('internal/runtime');
const { getOptionValue } = require('internal/options');
const { sharedState } = require('internal/symbols');
const { validateBoolean, validateObject } = require('internal/validators');
const { fileURLToPath, pathToFileURL, URL } = require('url');

function supportFor(enabled, nodeModules, generatedCode) {
  return Object.freeze({ __proto__: null, enabled, nodeModules, generatedCode });
}

const isEnabledAtStart = getOptionValue('--enable-source-maps') === true;
const state = sharedState('module.source_maps', () => ({
  support: supportFor(isEnabledAtStart, isEnabledAtStart, isEnabledAtStart),
  maps: new Map(), // by the name of the generated file: its map, or what it takes to read it
}));
const { maps } = state;

/** Makes this revision the one that stacks are formatted by. */
function connect() {
  const { enabled } = state.support;
  runtime.setStackFormatter(enabled ? formatStack : undefined);
  require('internal/error_arrow').setOriginalLocation(enabled ? originalLocation : undefined);
}

function setSourceMapsSupport(enabled, options = {}) {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  state.support = supportFor(enabled, nodeModules, generatedCode);
  connect();
}

function keyOf(name) {
  if (!name.startsWith('file:')) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return name;
  }
}

/** Remembers a file that is about to be compiled. */
function note(name, source) {
  const file = keyOf(name);
  const { support } = state;
  if (!support.enabled || (!support.nodeModules && file.includes('/node_modules/'))) return;
  const url = require('internal/source_map/magic_comment').sourceMapUrl(source);
  if (url === undefined) maps.delete(file);
  else maps.set(file, { file, url, source, map: undefined });
}

function readMap({ file, url, source }) {
  const base = file.startsWith('/') ? pathToFileURL(file) : new URL(file);
  const location = new URL(url, base);
  let text;
  if (location.protocol === 'data:') {
    const comma = url.indexOf(',');
    const type = url.slice(0, comma);
    if (!/^data:application\/json/.test(type)) return null;
    text = type.endsWith(';base64')
      ? require('buffer').Buffer.from(url.slice(comma + 1), 'base64').toString()
      : decodeURIComponent(url.slice(comma + 1));
  } else {
    text = binding.readTextOrUndefined(fileURLToPath(location));
  }
  if (text === undefined) return null;
  const payload = absolute(JSON.parse(text), location.protocol === 'data:' ? base : location);
  const { SourceMap } = require('internal/source_map/source_map');
  return new SourceMap(payload, { lineLengths: source.replace(/\n$/, '').split('\n').map((line) => line.length) });
}

/** A map whose sources are URLs. */
function absolute(payload, base) {
  if (Array.isArray(payload.sections)) {
    return { ...payload, sections: payload.sections.map((section) => ({ ...section, map: absolute(section.map, base) })) };
  }
  const { sourceRoot } = payload;
  const sources = payload.sources.map((source) => new URL(`${sourceRoot ?? ''}${source}`, base).href);
  return { ...payload, sources, ...(sourceRoot === undefined ? undefined : { sourceRoot: '' }) };
}

/** The SourceMap of a loaded file, or undefined. */
function findSourceMap(name) {
  const entry = maps.get(keyOf(`${name}`));
  if (entry === undefined) return undefined;
  if (entry.map === undefined) {
    try {
      entry.map = readMap(entry);
    } catch {
      entry.map = null; // A broken map is as good as none.
    }
  }
  return entry.map ?? undefined;
}

function display(source) {
  return source.startsWith('file:') ? fileURLToPath(source) : source;
}

/** Where a place of a generated file comes from: `{ source, line, column, name }`, counted from 1, or undefined. */
function originOf(file, line, column) {
  const map = typeof file === 'string' ? findSourceMap(file) : undefined;
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry?.originalSource === undefined || entry.originalLine === undefined) return undefined;
  return { map, source: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1, name: entry.name };
}

function headerOf(error) {
  const { kIsNodeError } = require('internal/symbols');
  if (runtime.types.isNativeError(error) && kIsNodeError in error) return `${error.name} [${error.code}]: ${error.message}`;
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function formatStack(error, sites) {
  let text = headerOf(error);
  sites.forEach((site, index) => {
    text += `\n    at ${formatSite(site, sites[index + 1])}`;
  });
  return text;
}

function formatSite(site, caller) {
  const origin = originOf(site.getFileName(), site.getLineNumber(), site.getColumnNumber());
  if (origin === undefined) return `${site}`;
  const place = `${display(origin.source)}:${origin.line}:${origin.column}`;
  const name = functionName(site, caller);
  return name === '' ? place : `${name} (${place})`;
}

// The caller's mapping tells what the original calls the function.
function functionName(site, caller) {
  const called = caller === undefined ? undefined : originOf(caller.getFileName(), caller.getLineNumber(), caller.getColumnNumber());
  const name = called?.name || site.getFunctionName();
  if (!name) return '';
  const type = site.isToplevel() ? null : site.getTypeName();
  return type && !name.startsWith(`${type}.`) ? `${type}.${name}` : name;
}

/** `{ file, line, column, sourceLine }` of the original for a place of a generated file, or undefined. */
function originalLocation({ file, line, column }) {
  const origin = originOf(file, line, column);
  if (origin === undefined) return undefined;
  const { sources, sourcesContent } = origin.map.payload;
  const path = display(origin.source);
  const content = sourcesContent?.[sources.indexOf(origin.source)] ?? (path.startsWith('/') ? binding.readTextOrUndefined(path) : undefined);
  const sourceLine = content?.split(/\r?\n/)[origin.line - 1];
  return sourceLine === undefined ? undefined : { file: path, line: origin.line, column: origin.column, sourceLine };
}

module.exports = {
  connect,
  findSourceMap,
  note,
  originalLocation,
  setSourceMapsSupport,
  get isEnabled() { return state.support.enabled; },
  get support() { return state.support; },
};
