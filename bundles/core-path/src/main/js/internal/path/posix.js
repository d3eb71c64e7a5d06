'use strict';

const { validateString } = require('internal/check_string');
const { collapse, extensionOf, format, withoutSuffix } = require('internal/path/segments');

// Neither '//' nor a segment that starts with a dot: nothing to collapse.
function isPlain(path) {
  return path[0] !== '.' && !path.includes('//') && !path.includes('/.');
}

function normalizeNonEmpty(path) {
  if (isPlain(path)) return path;
  const absolute = path[0] === '/';
  const body = collapse(path.split('/'), absolute).join('/');
  const trailing = path[path.length - 1] === '/';
  if (body === '') return absolute ? '/' : trailing ? './' : '.';
  return `${absolute ? '/' : ''}${body}${trailing ? '/' : ''}`;
}

// The end of the last segment, with trailing slashes taken off, not before `start`.
function trimmedEnd(path, start) {
  let end = path.length;
  while (end > start && path[end - 1] === '/') end--;
  return end;
}

function lastSegment(path) {
  const end = trimmedEnd(path, 0);
  return { start: end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1, end };
}

const posix = {
  resolve(...args) {
    let resolved = '';
    for (let i = args.length - 1; i >= 0 && resolved[0] !== '/'; i--) {
      const path = args[i];
      validateString(path, `paths[${i}]`);
      if (path !== '') resolved = resolved === '' ? path : `${path}/${resolved}`;
    }
    if (resolved[0] !== '/') {
      const cwd = process.cwd();
      resolved = resolved === '' ? cwd : `${cwd}/${resolved}`;
    }
    if (resolved === '') return '.';
    if (isPlain(resolved)) {
      const end = trimmedEnd(resolved, 1);
      return end === resolved.length ? resolved : resolved.slice(0, end);
    }
    const absolute = resolved[0] === '/';
    const body = collapse(resolved.split('/'), absolute).join('/');
    return absolute ? `/${body}` : body || '.';
  },

  normalize(path) {
    validateString(path, 'path');
    return path === '' ? '.' : normalizeNonEmpty(path);
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return path[0] === '/';
  },

  join(...args) {
    let joined = '';
    for (let i = 0; i < args.length; i++) {
      const part = args[i];
      validateString(part, 'path');
      if (part !== '') joined = joined === '' ? part : `${joined}/${part}`;
    }
    return joined === '' ? '.' : normalizeNonEmpty(joined);
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    const source = from === '/' ? [] : from.slice(1).split('/');
    const target = to === '/' ? [] : to.slice(1).split('/');
    let common = 0;
    while (common < source.length && common < target.length && source[common] === target[common]) common++;
    const way = new Array(source.length - common).fill('..');
    for (let i = common; i < target.length; i++) way.push(target[i]);
    return way.join('/');
  },

  toNamespacedPath(path) {
    return path;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    const absolute = path[0] === '/';
    const slash = path.lastIndexOf('/', trimmedEnd(path, 1) - 1);
    if (slash < 1) return absolute ? '/' : '.';
    return absolute && slash === 1 ? '//' : path.slice(0, slash);
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

  format: format.bind(null, '/'),

  parse(path) {
    validateString(path, 'path');
    const root = path[0] === '/' ? '/' : '';
    const end = trimmedEnd(path, root.length);
    const start = end === root.length ? end : Math.max(root.length, path.lastIndexOf('/', end - 1) + 1);
    const base = path.slice(start, end);
    // Node.js sees an extension in '/..', though in no other '..'.
    const ext = base === '..' && start === 1 ? '.' : extensionOf(base);
    const dir = start > 1 && base !== '' ? path.slice(0, start - 1) : root;
    return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
  },

  matchesGlob(path, pattern) {
    return require('internal/path/glob').matches(path, pattern, false);
  },

  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

module.exports = posix;
