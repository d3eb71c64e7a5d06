'use strict';

// Compares what `globalThis` and the built-in modules hold with the table of Node.js beside this file.
//
//   globals.cjs --record FILE     write the table of the runtime that runs this
//   globals.cjs [--all]           print what is missing or otherwise, beyond docs/globals.md (--all: everything)
//
// A row of the table: path, key, kind (typeof; `accessor:` and typeof what it gives, or `accessor` where it cannot be read), flags
// (e, w, c for data; e, c, g, s for accessors), and for functions `name/length`.

const fs = require('fs');
const path = require('path');

process.removeAllListeners('warning');
process.on('warning', () => {});
process.on('unhandledRejection', () => {}); // of accessors that answer with a promise

const TABLE = path.join(__dirname, 'globals-node26.tsv');
const KNOWN = path.join(__dirname, '..', 'docs', 'globals.md');
const DEPTH = 4;

// Roots whose content is that of the machine, of the process or of this program.
const VARYING = new Set([
  ...['argv', 'config', 'domain', 'env', 'execArgv', 'features', 'mainModule', 'moduleLoadList', 'permission', 'release', 'report', 'stderr', 'stdin', 'stdout',
    'versions']
    .map((key) => `require(process).${key}`),
  ...['_stderr', '_stdout'].map((key) => `require(console).${key}`),
  ...['_cache', '_pathCache', 'globalPaths', 'prototype.require.main'].map((key) => `require(module).${key}`),
]);
const VARYING_KEYS = new Set(['stack', '_events', '_eventsCount', '_maxListeners', '_sessionCache', 'mainModule', 'moduleVersions']);

function keyName(key) {
  if (typeof key === 'string') return key;
  const registered = Symbol.keyFor(key);
  if (registered !== undefined) return registered.startsWith('undici.') ? undefined : `@@for:${registered}`;
  for (const name of Object.getOwnPropertyNames(Symbol)) if (Symbol[name] === key) return `@@${name}`;
  return undefined; // private
}

function keyOf(name) {
  if (name.startsWith('@@for:')) return Symbol.for(name.slice(6));
  return name.startsWith('@@') ? Symbol[name.slice(2)] : name;
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function roots() {
  const all = [['globalThis', globalThis]];
  // What two modules share is listed with the one that is named after it.
  const rank = (id) => (id.startsWith('_') || id === 'sys' || id === 'constants' ? 1 : 0);
  for (const id of require('module').builtinModules.toSorted((a, b) => rank(a) - rank(b))) {
    try {
      all.push([`require(${id.replace(/^node:/, '')})`, require(id)]);
    } catch {
      // Listed, but only there behind an option.
    }
  }
  return all;
}

/** What is on the way to a property: the object that has it, or undefined. */
function describe(owner, key) {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key);
  if (descriptor === undefined) return undefined;
  const flags = (descriptor.enumerable ? 'e' : '-') + (descriptor.configurable ? 'c' : '-');
  if ('value' in descriptor) {
    return { kind: typeOf(descriptor.value), flags: flags + (descriptor.writable ? 'w' : '-'), value: descriptor.value };
  }
  let value;
  let kind = 'accessor';
  try {
    value = Reflect.get(owner, key, owner);
    kind = `accessor:${typeOf(value)}`;
  } catch {
    // As those of prototypes.
  }
  return { kind, flags: flags + (descriptor.get ? 'g' : '-') + (descriptor.set ? 's' : '-'), value };
}

function typeOf(value) {
  return value === null ? 'null' : typeof value;
}

function signature(value) {
  if (typeof value !== 'function') return '';
  const name = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  const length = Object.getOwnPropertyDescriptor(value, 'length')?.value;
  return `${typeof name === 'string' ? name : typeof name}/${typeof length === 'number' ? length : typeof length}`;
}

function record() {
  const rows = [];
  const seen = new Set();
  let level = [];
  for (const [at, value] of roots()) {
    rows.push([at, '', typeOf(value), '', signature(value)]);
    level.push([at, value]);
  }
  const first = new Set(level.map(([, value]) => value));
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next = [];
    for (const [at, object] of level) {
      if (!isObject(object) || seen.has(object) || VARYING.has(at)) continue;
      seen.add(object);
      for (const key of Reflect.ownKeys(object)) {
        const name = keyName(key);
        if (name === undefined || name.includes('\t') || VARYING_KEYS.has(name)) continue;
        if (typeof object === 'function' && ['name', 'length', 'prototype', 'arguments', 'caller'].includes(name)) {
          if (name === 'prototype' && Reflect.ownKeys(object.prototype ?? {}).length > 1) next.push([`${at}.prototype`, object.prototype]);
          continue;
        }
        if (Array.isArray(object) && object !== Array.prototype) continue;
        const found = describe(object, key);
        rows.push([at, name, found.kind, found.flags, signature(found.value)]);
        if (isObject(found.value) && !first.has(found.value)) next.push([`${at}.${name}`, found.value]);
      }
    }
    level = next;
  }
  return rows;
}

const resolved = new Map();

/** The object that a path of the table means here. */
function resolve(at) {
  if (resolved.has(at)) return resolved.get(at);
  let value;
  const dot = lastDot(at);
  if (dot === -1) {
    const id = /^require\((.*)\)$/.exec(at)?.[1];
    try {
      value = id === undefined ? globalThis : require(['ffi', 'sea', 'sqlite', 'test', 'test/reporters'].includes(id) ? `node:${id}` : id);
    } catch {
      // Missing: reported once, as the root.
    }
  } else {
    const owner = resolve(at.slice(0, dot));
    if (isObject(owner)) {
      try {
        value = owner[keyOf(at.slice(dot + 1))];
      } catch {
        // An accessor that only works on instances.
      }
    }
  }
  resolved.set(at, value);
  return value;
}

// Names with dots are symbols of Symbol.for: `...@@for:nodejs.util.promisify.custom`.
function lastDot(at) {
  const symbol = at.lastIndexOf('.@@for:');
  const dot = at.lastIndexOf('.');
  if (symbol !== -1 && !/[.](prototype)$/.test(at)) return symbol;
  return at.indexOf(')') > dot ? -1 : dot;
}

function compare(rows) {
  roots(); // domain, for one, changes others when it is loaded
  const differences = [];
  const containers = new Map();
  for (const [at, key, kind, flags, shape] of rows) {
    if (key === '') {
      if (resolve(at) === undefined) differences.push({ at, what: 'missing' });
      continue;
    }
    const owner = resolve(at);
    if (!isObject(owner)) continue; // its own row tells
    if (!containers.has(at)) containers.set(at, new Set());
    containers.get(at).add(key);
    const where = `${at}.${key}`;
    const found = describe(owner, keyOf(key));
    if (found === undefined) differences.push({ at: where, what: 'missing' });
    else if (found.kind !== kind) differences.push({ at: where, what: `is ${found.kind}, not ${kind}` });
    else {
      if (found.flags !== flags) differences.push({ at: where, what: `has ${found.flags}, not ${flags}` });
      if (signature(found.value) !== shape) differences.push({ at: where, what: `is ${signature(found.value)}, not ${shape}` });
    }
  }
  for (const [at, keys] of containers) {
    const owner = resolve(at);
    for (const key of Reflect.ownKeys(owner)) {
      const name = keyName(key);
      if (name === undefined || keys.has(name) || VARYING_KEYS.has(name)) continue;
      if (typeof owner === 'function' && ['name', 'length', 'prototype', 'arguments', 'caller'].includes(name)) continue;
      differences.push({ at: `${at}.${name}`, what: 'is not in Node.js' });
    }
  }
  return differences;
}

/** The rows of docs/globals.md: a path, which may end with `*`, and what of it differs. */
function knownDifferences() {
  const known = [];
  for (const line of fs.readFileSync(KNOWN, 'utf8').split('\n')) {
    const cells = /^\| (.+?) \| (missing|differs|extra) \|/.exec(line);
    if (cells === null) continue;
    for (const [, at] of cells[1].matchAll(/`([^`]+)`/g)) known.push({ at, what: cells[2], used: false });
  }
  return known;
}

function kindOf(what) {
  return what === 'missing' ? 'missing' : what === 'is not in Node.js' ? 'extra' : 'differs';
}

function isKnown(known, { at, what }) {
  let found = false;
  for (const row of known) {
    if (row.what !== kindOf(what)) continue;
    if (row.at.endsWith('*') ? at.startsWith(row.at.slice(0, -1)) : row.at === at) {
      row.used = true;
      found = true;
    }
  }
  return found;
}

const file = process.argv[process.argv.indexOf('--record') + 1];
if (process.argv.includes('--record')) {
  fs.writeFileSync(file, record().map((row) => `${row.join('\t')}\n`).join(''));
} else {
  const rows = fs.readFileSync(TABLE, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
  const all = compare(rows);
  const known = process.argv.includes('--all') ? [] : knownDifferences();
  const left = all.filter((each) => !isKnown(known, each));
  for (const { at, what } of left) console.log(`${at}\t${what}`);
  const stale = known.filter((row) => !row.used);
  for (const { at, what } of stale) console.log(`${at}\tis in docs/globals.md as ${what}, but is so no more`);
  console.log(`${rows.length} properties of Node.js, ${all.length} differences, ${all.length - left.length} of them known`);
  process.exitCode = left.length > 0 ? 1 : 0;
}
