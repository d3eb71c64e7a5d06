'use strict';

// What the entries of nodule.permissions grant. An entry's key is the application ('.'), the default ('*'), or the name of a package with or
// without a range of versions (left-pad, @scope/name@^2). docs/permissions.md has the form.

const { resolve } = require('path');
const { isInRange, parseRange } = require('internal/permission/version_range');

const KEY = /^((?:@[^/@\s]+\/)?[^/@\s]+)(?:@(.+))?$/;
const LISTS = ['modules', 'hosts', 'read', 'write'];

/**
 * Modules that reach nothing outside of the program: everybody has them. The functions of `process`, of timers and of fetch ask where
 * they reach out.
 */
const HARMLESS = new Set([
  'assert', 'async_hooks', 'buffer', 'console', 'constants', 'crypto', 'diagnostics_channel', 'events', 'fetch', 'path', 'perf_hooks', 'process', 'punycode',
  'querystring', 'stream', 'string_decoder', 'sys', 'timers', 'url', 'util', 'zlib',
]);

/** The module that an id belongs to: what is granted is granted with all its ids. */
function moduleOf(id) {
  const plain = id.startsWith('node:') ? id.slice('node:'.length) : id;
  if (plain.startsWith('osgi:')) return 'osgi';
  const match = /^_(http|tls|stream)_/.exec(plain);
  return match !== null ? match[1] : plain.split('/')[0];
}

function pathOf(text, root, home, temporary) {
  if (text === '*') return '*';
  if (text === '~' || text.startsWith('~/')) return resolve(home, `.${text.slice(1)}`);
  if (text === '$TMPDIR' || text.startsWith('$TMPDIR/')) return resolve(temporary, `.${text.slice('$TMPDIR'.length)}`);
  return resolve(root, text);
}

function isBelow(path, folder) {
  return folder === '*' || path === folder || folder === '/' || (path.startsWith(folder) && path[folder.length] === '/');
}

/** { host, port } of `host`, `host:port`, `[address]:port` or an IPv6 address; a missing port is '*'. */
function parseHost(text) {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+|\*))?$/.exec(text);
  if (match === null) return { host: text.toLowerCase(), port: '*' }; // an IPv6 address, and nothing else
  return { host: (match[1] ?? match[2]).toLowerCase(), port: match[3] ?? '*' };
}

function isHostCovered(asked, pattern) {
  const isHost = pattern.host === '*' || pattern.host === asked.host ||
    (pattern.host.startsWith('*.') && asked.host.endsWith(pattern.host.slice(1)));
  // Whoever looks a name up has no port yet.
  return isHost && (pattern.port === '*' || asked.port === undefined || asked.port === pattern.port);
}

class Grants {
  constructor(entry, places) {
    this.isEverything = entry === '*';
    const list = (name) => (this.isEverything ? ['*'] : entry[name] ?? []);
    this.modules = new Set(list('modules').map((id) => (id === '*' ? '*' : moduleOf(id))));
    this.hosts = list('hosts').map(parseHost);
    const paths = (name) => list(name).map((text) => pathOf(text, places.root, places.home, places.temporary));
    this.read = paths('read');
    this.write = paths('write');
  }

  hasModule(id) {
    const name = moduleOf(id);
    return HARMLESS.has(name) || this.modules.has('*') || this.modules.has(name);
  }

  hasPath(list, path) {
    return this[list].some((folder) => isBelow(path, folder));
  }

  hasHost(asked) {
    return this.hosts.some((pattern) => isHostCovered(asked, pattern));
  }
}

/** All entries of a file: `of(name, version)` gives what holds for a package. */
class GrantTable {
  /** `refuse(text)` makes the error of a file that is wrong. */
  constructor(entries, places, refuse) {
    if (entries === null || typeof entries !== 'object' || Array.isArray(entries)) throw refuse('must be an object');
    this.named = new Map();
    for (const key of Object.keys(entries)) {
      const grants = new Grants(checkedEntry(key, entries[key], refuse), places);
      const match = key === '.' || key === '*' ? [key, key] : KEY.exec(key);
      if (match === null) throw refuse(`has the key '${key}', which names no package`);
      const range = match[2] === undefined ? undefined : parseRange(match[2]);
      if (match[2] !== undefined && range === undefined) throw refuse(`has the key '${key}', whose range of versions is none`);
      let list = this.named.get(match[1]);
      if (list === undefined) this.named.set(match[1], list = []);
      // An entry with a range comes before the one for all versions.
      if (range === undefined) list.push({ range, grants });
      else list.unshift({ range, grants });
    }
    this.nothing = new Grants({}, places);
  }

  of(name, version) {
    const found = this.named.get(name)?.find(({ range }) => range === undefined || isInRange(version, range));
    return (found ?? this.named.get('*')?.[0])?.grants ?? this.nothing;
  }

  /** Of the application; undefined if there is no entry: it may do everything then. */
  ofApplication() {
    return this.named.get('.')?.[0].grants;
  }
}

function checkedEntry(key, entry, refuse) {
  if (entry === '*') return entry;
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) throw refuse(`'${key}' must be an object or "*"`);
  for (const name of Object.keys(entry)) {
    if (!LISTS.includes(name)) throw refuse(`'${key}' has '${name}', which is none of ${LISTS.join(', ')}`);
    if (!Array.isArray(entry[name]) || !entry[name].every((text) => typeof text === 'string')) {
      throw refuse(`'${name}' of '${key}' must be a list of strings`);
    }
  }
  return entry;
}

module.exports = { GrantTable, Grants, HARMLESS, isBelow, isHostCovered, LISTS, moduleOf, parseHost };
