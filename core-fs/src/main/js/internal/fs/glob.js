'use strict';
// glob: walks the tree by the segments of each pattern, and reads only directories that can hold a match.
const { codes } = require('internal/errors');
const { validateObject, validateString, validateStringArray, validateBoolean } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { basename, dirname, isAbsolute, join, posix, resolve } = require('path');
const { Dirent } = require('internal/fs/stats');
const { pathOf } = require('internal/fs/arguments');
const { runAsync, runSync } = require('internal/fs/dual');

const kDirectory = 2;
const kLink = 3;
const kMagic = /[*?[\]{}()!+@]/;

/** `a{b,c}` as `ab` and `ac`: braces may hold separators, so they go before the pattern is cut into segments. */
function expandBraces(pattern) {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    let depth = 0;
    let start = open + 1;
    const choices = [];
    for (let i = open; i < pattern.length; i++) {
      const char = pattern[i];
      if (char === '{') depth++;
      else if (char === ',' && depth === 1) {
        choices.push(pattern.slice(start, i));
        start = i + 1;
      } else if (char === '}' && --depth === 0) {
        if (choices.length === 0) break;
        choices.push(pattern.slice(start, i));
        const rest = expandBraces(pattern.slice(i + 1));
        return choices.flatMap((choice) =>
          expandBraces(pattern.slice(0, open) + choice).flatMap((head) => rest.map((tail) => head + tail)));
      }
    }
  }
  return [pattern];
}

/** A pattern's segments; doubled separators and doubled `**` say nothing. */
function segmentsOf(pattern) {
  const parts = pattern.split('/');
  return parts.filter((part, i) => {
    if (part === '') return i === 0 || i === parts.length - 1;
    return part !== '**' || parts.slice(0, i).findLast((before) => before !== '') !== '**';
  });
}

const matchesName = (name, segment) => posix.matchesGlob(name, segment);

/** What `exclude` asks for, as a test of an entry. */
function exclusion(exclude, cwd, withFileTypes) {
  if (exclude === undefined || exclude === null) return null;
  if (typeof exclude === 'function') {
    // It sees names where the walk goes, and paths of what comes out.
    return (path, entry) => exclude(withFileTypes ? entry() : basename(path)) ||
      (!withFileTypes && path.includes('/') && exclude(path));
  }
  const patterns = exclude.flatMap(expandBraces).flatMap((pattern) => {
    let whole = isAbsolute(pattern) ? pattern : resolve(cwd, pattern);
    whole = whole.replace(/\/+$/, '').replace(/(?:\/\*\*)+(?=\/|$)/g, '/**');
    return whole.endsWith('/**') ? [whole, whole.slice(0, -3)] : [whole];
  });
  return (path) => {
    const whole = resolve(cwd, path);
    return patterns.some((pattern) => pattern === whole || posix.matchesGlob(whole, pattern));
  };
}

class Walk {
  constructor(patterns, options) {
    this.cwd = options.cwd;
    this.withFileTypes = options.withFileTypes;
    this.patterns = patterns.flatMap(expandBraces).map(segmentsOf);
    this.excluded = exclusion(options.exclude, options.cwd, options.withFileTypes);
    this.found = new Map();
    this.listings = new Map();
    this.seen = new Set();
  }

  * run() {
    for (let p = 0; p < this.patterns.length; p++) {
      const segments = this.patterns[p];
      if (segments[0] === '' && segments.length > 1) yield* this.step('/', segments, 1, p);
      else yield* this.step('', segments, 0, p);
    }
    return [...this.found.values()];
  }

  path(relativePath) {
    return relativePath === '' ? this.cwd : resolve(this.cwd, relativePath);
  }

  /** The entries of a directory, `[name, type]`; none of what cannot be read. */
  * list(directory) {
    const path = this.path(directory);
    let entries = this.listings.get(path);
    if (entries === undefined) {
      entries = [];
      try {
        const [names, types] = yield ['readdir', path, false, true, false];
        entries = names.map((name, i) => [name, types[i]]);
      } catch {
        // A file, or not for us.
      }
      this.listings.set(path, entries);
    }
    return entries;
  }

  /** The entry's type (0 if there is none); `follow`ed if it is a link. */
  * type(path, follow) {
    try {
      const fields = yield [follow ? 'stat' : 'lstat', this.path(path), false, true];
      const kinds = { 0o100000: 1, 0o40000: 2, 0o120000: 3, 0o10000: 4, 0o140000: 5, 0o20000: 6, 0o60000: 7 };
      return kinds[fields[1] & 0o170000] ?? 0;
    } catch {
      return 0;
    }
  }

  entry(path, type) {
    const whole = this.path(path);
    return new Dirent(basename(whole), dirname(whole), type);
  }

  * isExcluded(path, type) {
    if (this.excluded === null || path === '') return false;
    if (type === undefined && this.withFileTypes) type = yield* this.type(path, false);
    return yield () => this.excluded(path, () => this.entry(path, type));
  }

  * emit(path, type) {
    if (path === '') path = '.';
    if (this.found.has(path)) return;
    type ??= yield* this.type(path, false);
    if (type === 0) return;
    this.found.set(path, this.withFileTypes ? this.entry(path, type) : path);
  }

  /** Matches segments from `i` on below `directory`, a path relative to cwd or absolute. */
  * step(directory, segments, i, p) {
    const key = `${p}:${i}:${directory}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    let needsDirectory = false;
    while (i < segments.length && (segments[i] === '' || segments[i] === '.')) {
      needsDirectory = segments[i] === '' || needsDirectory;
      i++;
    }
    if (i === segments.length) {
      if (!needsDirectory || (yield* this.type(directory, true)) === kDirectory) yield* this.emit(directory);
      return;
    }
    const segment = segments[i];
    if (segment === '**') yield* this.deep(directory, segments, i, p);
    else if (segment === '..') yield* this.step(join(directory === '' ? '.' : directory, '..'), segments, i + 1, p);
    else if (!kMagic.test(segment)) yield* this.enter(join(directory, segment), undefined, segments, i + 1, p);
    else {
      for (const [name, type] of yield* this.list(directory)) {
        if (matchesName(name, segment)) yield* this.enter(join(directory, name), type, segments, i + 1, p);
      }
    }
  }

  /** Goes on with an entry whose name has matched. */
  * enter(path, type, segments, i, p) {
    if (yield* this.isExcluded(path, type)) return;
    if (i === segments.length) {
      yield* this.emit(path, type);
      return;
    }
    type ??= yield* this.type(path, true);
    if (type === kLink) type = yield* this.type(path, true);
    if (type === kDirectory) yield* this.step(path, segments, i, p);
  }

  /** `**`: nothing, or a directory that is neither hidden nor a link, and again. */
  * deep(directory, segments, i, p) {
    let next = i + 1;
    while (next < segments.length - 1 && segments[next] === '.') next++;
    const last = next === segments.length;
    const lastDirectory = next === segments.length - 1 && segments[next] === '';
    yield* this.step(directory, segments, i + 1, p);
    for (const [name, type] of yield* this.list(directory)) {
      if (name.startsWith('.')) continue;
      const path = join(directory, name);
      if (type === kDirectory) {
        if (!(yield* this.isExcluded(path, type))) yield* this.step(path, segments, i, p);
      } else if (last) {
        if (!(yield* this.isExcluded(path, type))) yield* this.emit(path, type);
      } else if (type === kLink && (lastDirectory || segments[0] === '.')) {
        // Behind a link only the rest of the pattern is tried, so that circles end.
        if (!(yield* this.isExcluded(path, type)) && (yield* this.type(path, true)) === kDirectory) {
          yield* this.step(path, segments, next, p);
        }
      }
    }
  }
}

function walkOf(pattern, options = kEmptyObject) {
  validateObject(options, 'options');
  const { withFileTypes = false, exclude } = options;
  validateBoolean(!!withFileTypes, 'options.withFileTypes');
  const cwd = options.cwd === undefined ? process.cwd() : resolve(pathOf(options.cwd, 'options.cwd'));
  if (Array.isArray(pattern)) validateStringArray(pattern, 'patterns');
  else validateString(pattern, 'patterns');
  if (exclude !== undefined && exclude !== null && typeof exclude !== 'function') {
    if (!Array.isArray(exclude)) throw new codes.ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
    validateStringArray(exclude, 'options.exclude');
  }
  return new Walk(Array.isArray(pattern) ? pattern : [pattern], { cwd, withFileTypes: !!withFileTypes, exclude });
}

module.exports = {
  globSync(pattern, options) {
    return runSync(walkOf(pattern, options).run());
  },
  async* globAsync(pattern, options) {
    yield* await runAsync(walkOf(pattern, options).run());
  },
};
