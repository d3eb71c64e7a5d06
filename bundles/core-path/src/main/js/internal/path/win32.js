'use strict';

const { validateString } = require('internal/check_string');
const { collapse, extensionOf, format, withoutSuffix } = require('internal/path/segments');

const SEPARATORS = /[\\/]+/;
const RESERVED_NAME = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])$/i;

function isSeparator(char) {
  return char === '\\' || char === '/';
}

function isDriveLetter(char) {
  return char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z';
}

function separatorsEnd(path, from) {
  while (from < path.length && isSeparator(path[from])) from++;
  return from;
}

function nameEnd(path, from) {
  while (from < path.length && !isSeparator(path[from])) from++;
  return from;
}

/**
 * What a path starts with: `C:`, `C:\`, `\`, `\\server\share`, `\\.` or `\\?`.
 *
 * @returns {{device: string, end: number, absolute: boolean, unc: boolean}} the end of the root, separator included
 *     where it belongs to it; `unc` if the path names a server and a share
 */
function rootOf(path) {
  if (isSeparator(path[0])) {
    if (isSeparator(path[1])) {
      const serverEnd = nameEnd(path, 2);
      const shareStart = separatorsEnd(path, serverEnd);
      if (serverEnd > 2 && serverEnd < path.length && shareStart < path.length) {
        const server = path.slice(2, serverEnd);
        if (server === '.' || server === '?') {
          return { device: `\\\\${server}`, end: 4, absolute: true, unc: false };
        }
        const shareEnd = nameEnd(path, shareStart);
        return { device: `\\\\${server}\\${path.slice(shareStart, shareEnd)}`, end: shareEnd, absolute: true, unc: true };
      }
    }
    return { device: '', end: 1, absolute: true, unc: false };
  }
  if (path[1] === ':' && isDriveLetter(path[0])) {
    const absolute = isSeparator(path[2]);
    return { device: path.slice(0, 2), end: absolute ? 3 : 2, absolute, unc: false };
  }
  return { device: '', end: 0, absolute: false, unc: false };
}

// What stands before the first colon is compared; without one, as in Node.js, all but the last character.
function startsWithDevice(path) {
  return RESERVED_NAME.test(path.slice(0, path.indexOf(':')));
}

// A normalized tail must not turn into a drive or a device by losing what stood before it.
function needsDot(path, tail, absolute, device) {
  if (!absolute && device === '' && path.includes(':')) {
    if (tail[1] === ':' && isDriveLetter(tail[0])) return true;
    for (let colon = path.indexOf(':'); colon !== -1; colon = path.indexOf(':', colon + 1)) {
      if (colon === path.length - 1 || isSeparator(path[colon + 1])) return true;
    }
  }
  return startsWithDevice(path);
}

function normalizeNonEmpty(path) {
  if (path.length === 1) return path === '/' ? '\\' : path;
  const { device, end, absolute, unc } = path.indexOf(':') > 1 && startsWithDevice(path) ?
    { device: path.slice(0, path.indexOf(':') + 1), end: path.indexOf(':') + 1, absolute: false, unc: false } :
    rootOf(path);
  if (unc && end === path.length) return `${device}\\`;
  let tail = collapse(path.slice(end).split(SEPARATORS), absolute).join('\\');
  if (tail === '' && !absolute) tail = '.';
  if (tail !== '' && isSeparator(path[path.length - 1])) tail += '\\';
  if (needsDot(path, tail, absolute, device)) return `.\\${device}${tail}`;
  return `${device}${absolute ? '\\' : ''}${tail}`;
}

// The end of the last segment, with trailing separators taken off, not before `start`.
function trimmedEnd(path, start) {
  let end = path.length;
  while (end > start && isSeparator(path[end - 1])) end--;
  return end;
}

function lastSeparator(path, end, start) {
  for (let i = end - 1; i >= start; i--) {
    if (isSeparator(path[i])) return i;
  }
  return -1;
}

function lastSegment(path) {
  const first = path[1] === ':' && isDriveLetter(path[0]) ? 2 : 0;
  const end = trimmedEnd(path, first);
  return { start: Math.max(first, lastSeparator(path, end, first) + 1), end };
}

function currentDirectory(device) {
  if (device === '') return process.cwd();
  // Each drive has a current directory of its own.
  const path = process.env[`=${device}`] || process.cwd();
  const elsewhere = path === undefined ||
    path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path[2] === '\\';
  return elsewhere ? `${device}\\` : path;
}

// What relative() compares: the segments of a resolved path, root's own included.
function segmentsOf(path) {
  return path.split('\\').filter((segment) => segment !== '');
}

const win32 = {
  resolve(...args) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = args.length - 1; i >= -1; i--) {
      let path;
      if (i >= 0) {
        path = args[i];
        validateString(path, `paths[${i}]`);
        if (path === '') continue;
      } else {
        path = currentDirectory(device);
      }
      const root = rootOf(path);
      if (root.device !== '') {
        if (device === '') device = root.device;
        else if (device.toLowerCase() !== root.device.toLowerCase()) continue;
      }
      if (!absolute) {
        tail = `${path.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
      }
      if (absolute && device !== '') break;
    }
    const body = collapse(tail.split(SEPARATORS), absolute).join('\\');
    return absolute ? `${device}\\${body}` : `${device}${body}` || '.';
  },

  normalize(path) {
    validateString(path, 'path');
    return path === '' ? '.' : normalizeNonEmpty(path);
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return isSeparator(path[0]) || path.length > 2 && path[1] === ':' && isDriveLetter(path[0]) && isSeparator(path[2]);
  },

  join(...args) {
    const parts = [];
    for (const part of args) {
      validateString(part, 'path');
      if (part !== '') parts.push(part);
    }
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // Two separators at the front are a server's name only if the first part itself says so.
    const leading = separatorsEnd(joined, 0);
    const namesServer = separatorsEnd(parts[0], 0) === 2 && parts[0].length > 2;
    if (leading >= 2 && !namesServer) joined = `\\${joined.slice(leading)}`;
    // A path through a reserved device name is left as it is.
    if (joined.split('\\').some((segment) => segment.includes(':') && startsWithDevice(segment))) {
      return joined.replaceAll('/', '\\');
    }
    return normalizeNonEmpty(joined);
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const fromPath = win32.resolve(from);
    const toPath = win32.resolve(to);
    if (fromPath === toPath || fromPath.toLowerCase() === toPath.toLowerCase()) return '';
    const source = segmentsOf(fromPath);
    const target = segmentsOf(toPath);
    let common = 0;
    while (common < source.length && common < target.length &&
           source[common].toLowerCase() === target[common].toLowerCase()) common++;
    if (common === 0 && source.length > 0 && target.length > 0) return toPath;
    const way = new Array(source.length - common).fill('..');
    for (let i = common; i < target.length; i++) way.push(target[i]);
    return way.join('\\');
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\')) {
      if (resolved[2] !== '?' && resolved[2] !== '.') return `\\\\?\\UNC\\${resolved.slice(2)}`;
    } else if (isDriveLetter(resolved[0]) && resolved[1] === ':' && resolved[2] === '\\') {
      return `\\\\?\\${resolved}`;
    }
    return resolved;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    if (path.length === 1) return isSeparator(path) ? path : '.';
    const root = serverRoot(path);
    if (root.whole) return path;
    const slash = lastSeparator(path, trimmedEnd(path, root.start), root.start);
    if (slash === -1) return root.end === -1 ? '.' : path.slice(0, root.end);
    return path.slice(0, slash);
  },

  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    const { start, end } = lastSegment(path);
    return withoutSuffix(path, start, end, suffix);
  },

  extname(path) {
    validateString(path, 'path');
    const { start, end } = lastSegment(path);
    return extensionOf(path.slice(start, end));
  },

  format: format.bind(null, '\\'),

  parse(path) {
    validateString(path, 'path');
    if (path === '') return { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 1) {
      return isSeparator(path) ?
        { root: path, dir: path, base: '', ext: '', name: '' } :
        { root: '', dir: '', base: path, ext: '', name: path };
    }
    const found = serverRoot(path);
    const rootEnd = found.whole ? path.length : Math.max(found.end, 0);
    const root = path.slice(0, rootEnd);
    const end = trimmedEnd(path, rootEnd);
    const start = Math.max(rootEnd, lastSeparator(path, end, rootEnd) + 1);
    const base = path.slice(start, end);
    const ext = extensionOf(base);
    const dir = start > rootEnd && base !== '' ? path.slice(0, start - 1) : root;
    return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
  },

  matchesGlob(path, pattern) {
    return require('internal/path/glob').matches(path, pattern, true);
  },

  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

// The root as dirname() and parse() see it, which know no device names: up to where it reaches (-1: there is none), where
// segments start, and whether a server and its share are all there is.
function serverRoot(path) {
  if (isSeparator(path[0])) {
    if (isSeparator(path[1])) {
      const serverEnd = nameEnd(path, 2);
      const shareStart = separatorsEnd(path, serverEnd);
      if (serverEnd > 2 && serverEnd < path.length && shareStart < path.length) {
        const shareEnd = nameEnd(path, shareStart);
        if (shareEnd === path.length) return { end: path.length, start: path.length, whole: true };
        return { end: shareEnd + 1, start: shareEnd + 1, whole: false };
      }
    }
    return { end: 1, start: 1, whole: false };
  }
  if (path[1] === ':' && isDriveLetter(path[0])) {
    const end = isSeparator(path[2]) ? 3 : 2;
    return { end, start: end, whole: false };
  }
  return { end: -1, start: 0, whole: false };
}

module.exports = win32;
