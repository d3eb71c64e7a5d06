'use strict';

// What callers give: options with their types, and paths.

const { coded, invalidType } = require('internal/sqlite/errors');
const { isUint8Array } = require('internal/util/types');

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function checkObject(options, name = 'options') {
  if (!isObject(options)) throw invalidType(`The "${name}" argument must be an object.`);
}

/** The boolean options of these names, on top of what holds without them. */
function readBooleans(options, defaults) {
  const read = { ...defaults };
  for (const name of Object.keys(defaults)) {
    const value = options[name];
    if (value === undefined) continue;
    if (typeof value !== 'boolean') throw invalidType(`The "options.${name}" argument must be a boolean.`);
    read[name] = value;
  }
  return read;
}

function readString(options, name, otherwise) {
  const value = options[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'string') throw invalidType(`The "options.${name}" argument must be a string.`);
  return value;
}

function readFunction(options, name) {
  const value = options[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'function') throw invalidType(`The "options.${name}" argument must be a function.`);
  return value;
}

function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw invalidType(`The "${name}" argument must be a boolean.`);
}

function checkString(value, name) {
  if (typeof value !== 'string') throw invalidType(`The "${name}" argument must be a string.`);
}

/** A path, or a URI of SQLite, as a string. */
function readPath(path) {
  if (typeof path === 'string') {
    if (!path.includes('\0')) return path;
  } else if (isUint8Array(path)) {
    if (!path.includes(0)) return require('buffer').Buffer.from(path.buffer, path.byteOffset, path.byteLength).utf8Slice();
  } else if (isObject(path) && typeof path.href === 'string') {
    const { href } = path;
    if (!URL.canParse(href)) throw coded(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
    if (!href.startsWith('file:')) throw coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file:');
    return href;
  }
  throw invalidType('The "path" argument must be a string, Uint8Array, or URL without null bytes.');
}

/** The same, where SQLite looks for it: process.chdir does not move the process that SQLite is in. */
function absolute(path) {
  if (path === '' || path === ':memory:' || path.startsWith('/')) return path;
  const { resolve } = require('path');
  if (!path.startsWith('file:')) return resolve(path);
  const rest = path.slice(5);
  if (rest === '' || rest.startsWith('/') || rest.startsWith(':memory:') || rest.startsWith('?')) return path;
  const end = rest.search(/[?#]/);
  const file = end < 0 ? rest : rest.slice(0, end);
  const base = resolve('.').replace(/[%?#]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `file:${base}/${file}${rest.slice(file.length)}`;
}

/** The file behind a path, for who asks whether it may be opened; undefined for none. */
function fileOf(path) {
  if (path === '' || path.startsWith(':memory:') || path.startsWith('file::memory:')) return undefined;
  if (!path.startsWith('file:')) return path;
  return decodeURIComponent(path.slice(5).replace(/[?#].*$/, '').replace(/^\/\/(localhost)?(?=\/)/, ''));
}

module.exports = {
  absolute, checkBoolean, checkObject, checkString, fileOf, isObject, readBooleans, readFunction, readPath, readString,
};
