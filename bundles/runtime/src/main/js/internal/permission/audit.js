'use strict';

// What each package really used, as entries of nodule.permissions: as few and as short as cover it. Written soon after something new was
// noticed and at the end, so that it is there however the process ends.

const { isBelow, isHostCovered, LISTS, parseHost } = require('internal/permission/grants');

/** From here on systems choose the ports of those who name none. */
const FIRST_EPHEMERAL_PORT = 32768;
const SOON = 250;
/** So many files of one folder stand for the folder. */
const MANY = 4;

class Audit {
  constructor({ file, root, home, temporary, alone }) {
    this.file = require('path').resolve(file);
    this.places = { root, home, temporary };
    this.alone = alone;
    this.seen = new Map(); // owner -> { modules, hosts, read, write }, a set of texts each
    this.isDue = false;
  }

  note(owner, kind, value) {
    // A package may always read its own folder.
    if (kind === 'read' && owner.name !== '.' && owner.folder !== undefined && isBelow(value, owner.folder)) return;
    let used = this.seen.get(owner);
    if (used === undefined) this.seen.set(owner, used = Object.fromEntries(LISTS.map((name) => [name, new Set()])));
    const text = kind === 'hosts' ? hostText(value) : value;
    if (used[kind].has(text)) return;
    used[kind].add(text);
    if (this.isDue) return;
    this.isDue = true;
    this.alone(() => require('timers').setTimeout(() => this.write(), SOON).unref());
  }

  /** The entries, those of the same file before this process included. */
  entries(before) {
    const { of, add } = collector();
    const granted = new Set(Object.keys(before).filter((key) => before[key] === '*'));
    for (const key of Object.keys(before)) {
      for (const name of LISTS) for (const text of before[key]?.[name] ?? []) add(of(key)[name], text);
    }
    const versions = new Map();
    for (const { name, version } of this.seen.keys()) versions.set(name, (versions.get(name) ?? new Set()).add(version));
    for (const [owner, used] of this.seen) {
      const entry = of(versions.get(owner.name).size > 1 ? `${owner.name}@${owner.version}` : owner.name);
      for (const name of LISTS) for (const value of used[name]) add(entry[name], name === 'read' || name === 'write' ? this.pathText(value) : value);
    }
    const entries = of.sorted((name, texts) => (name === 'hosts' ? fewestHosts(texts) : name === 'modules' ? texts : fewestPaths(texts)));
    for (const key of granted) entries[key] = '*';
    return entries;
  }

  pathText(path) {
    const { root, home, temporary } = this.places;
    // Names there are made up anew each time.
    if (isBelow(path, temporary) && !isBelow(path, root)) return '$TMPDIR';
    const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    const shortest = folder === null ? path : folder[1];
    if (isBelow(shortest, root)) return shortest === root ? '.' : `.${shortest.slice(root === '/' ? 0 : root.length)}`;
    return home !== '/' && isBelow(shortest, home) ? `~${shortest.slice(home.length)}` : shortest;
  }

  /** Puts them into the file: as `nodule.permissions` of what is there, or as a file of their own. */
  write() {
    this.isDue = false;
    if (this.seen.size === 0) return;
    this.alone(() => {
      const fs = require('fs');
      let data = {};
      try {
        data = JSON.parse(fs.readFileSync(this.file, 'utf8'));
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
      data.nodule = { ...data.nodule, permissions: this.entries(data.nodule?.permissions ?? {}) };
      const text = `${JSON.stringify(data, null, 2)}\n`;
      const part = `${this.file}.${process.pid}`;
      fs.writeFileSync(part, text);
      fs.renameSync(part, this.file);
    });
  }
}

function collector() {
  const entries = new Map();
  const of = (key) => {
    let entry = entries.get(key);
    if (entry === undefined) entries.set(key, entry = Object.fromEntries(LISTS.map((name) => [name, new Set()])));
    return entry;
  };
  const add = (set, text) => set.add(text);
  of.sorted = (shorten) => Object.fromEntries([...entries.keys()].sort().map((key) => [key, Object.fromEntries(LISTS
    .map((name) => [name, shorten(name, [...entries.get(key)[name]]).sort()])
    .filter(([, texts]) => texts.length > 0))]));
  return { of, add };
}

function hostText({ host, port }) {
  const name = host.includes(':') ? `[${host}]` : host;
  if (port === undefined) return name;
  return `${name}:${Number(port) >= FIRST_EPHEMERAL_PORT ? '*' : port}`;
}

/** A name that was only looked up is covered by the same with a port. */
function fewestHosts(texts) {
  const parsed = texts.map((text) => ({ text, hasPort: /:(\d+|\*)$/.test(text) && !/^[^[]*:[^:]*:/.test(text), ...parseHost(text) }));
  return parsed.filter((one) => !parsed.some((other) => other !== one && other.hasPort &&
    isHostCovered({ host: one.host, port: one.hasPort ? one.port : undefined }, other))).map(({ text }) => text);
}

/** Without what is below another one; many of one folder become the folder. */
function fewestPaths(texts) {
  const byFolder = new Map();
  for (const text of texts) {
    const folder = text.slice(0, text.lastIndexOf('/'));
    if (folder !== '' && folder !== '.' && folder !== '~') byFolder.set(folder, (byFolder.get(folder) ?? 0) + 1);
  }
  const all = new Set(texts);
  for (const [folder, count] of byFolder) if (count >= MANY) all.add(folder);
  return [...all].filter((text) => ![...all].some((other) => other !== text && isBelow(text, other)));
}

module.exports = { Audit };
