'use strict';
// cp: copies files and trees. CHECK refuses what cannot go well, COPY does it by the kind of the source.
const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { dirname, isAbsolute, join, parse, resolve, sep } = require('path');
const { statsOf } = require('internal/fs/stats');
const { runAsync, runSync } = require('internal/fs/dual');

const kDefaults = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, mode: 0, preserveTimestamps: false, recursive: false,
  verbatimSymlinks: false,
};
const kErrno = { EEXIST: 17, EINVAL: 22, EISDIR: 21, ENOTDIR: 20 };

function copyOptionsOf(options) {
  if (options === undefined) return { ...kDefaults };
  validateObject(options, 'options');
  options = { ...kDefaults, ...options };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  options.mode ??= 0;
  validateInteger(options.mode, 'mode', 0, 7);
  if (options.dereference && options.verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

function failure(name, message, path, code) {
  return new codes[name]({ message, path, syscall: 'cp', errno: kErrno[code], code });
}

const sameFile = (a, b) => a.ino === b.ino && a.dev === b.dev && a.ino !== 0n && a.dev !== 0n;

/** Whether `dest` is `src` or lies below it, by name. */
function isBelow(src, dest) {
  const above = resolve(src).split(sep).filter(Boolean);
  const below = resolve(dest).split(sep).filter(Boolean);
  return above.every((name, i) => below[i] === name);
}

function* statOf(path, options) {
  return statsOf(yield [options.dereference ? 'stat' : 'lstat', path, true, true]);
}

function* check(src, dest, options, sync) {
  if (options.filter) {
    const wanted = yield () => options.filter(src, dest);
    if (sync && wanted !== null && typeof wanted?.then === 'function') {
      throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', wanted);
    }
    if (!wanted) return null;
  }
  if (runtime.isGuarded) {
    const { demand } = require('internal/permission');
    demand('FileSystemRead', src);
    demand('FileSystemWrite', dest);
  }
  const from = yield* statOf(src, options);
  let to = null;
  try {
    to = yield* statOf(dest, options);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (to !== null) {
    if (sameFile(from, to)) throw failure('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', dest, 'EINVAL');
    if (from.isDirectory() && !to.isDirectory()) {
      throw failure('ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest, 'EISDIR');
    }
    if (!from.isDirectory() && to.isDirectory()) {
      throw failure('ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest, 'ENOTDIR');
    }
  }
  if (from.isDirectory() && isBelow(src, dest)) throw intoItself(src, dest);
  return { from, to };
}

function intoItself(src, dest) {
  return failure('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest, 'EINVAL');
}

/** A parent of `dest` may be `src` under another name. */
function* checkParents(src, from, dest) {
  const above = resolve(dirname(src));
  for (let parent = resolve(dirname(dest)); parent !== above && parent !== parse(parent).root; parent = dirname(parent)) {
    let stats;
    try {
      stats = statsOf(yield ['stat', parent, true, true]);
    } catch (error) {
      if (error.code === 'ENOENT') continue;
      throw error;
    }
    if (sameFile(from, stats)) throw intoItself(src, dest);
  }
}

function* copyAll(src, dest, options, sync) {
  // Names are joined and compared below; bytes that are no text are out of reach here, as in Node.js.
  src = String(src);
  dest = String(dest);
  const checked = yield* check(src, dest, options, sync);
  if (checked === null) return;
  yield* checkParents(src, checked.from, dest);
  yield ['mkdir', dirname(dest), 0o777, true];
  yield* copyEntry(src, dest, checked, options, sync);
}

function* copyEntry(src, dest, { from, to }, options, sync) {
  if (from.isDirectory()) {
    if (!options.recursive) {
      throw new codes.ERR_FS_EISDIR({
        message: `${src} is a directory (not copied)`, path: src, syscall: 'cp', errno: kErrno.EISDIR, code: 'EISDIR',
      });
    }
    yield* copyDirectory(src, dest, from, to, options, sync);
  } else if (from.isFile() || from.isCharacterDevice() || from.isBlockDevice()) {
    yield* copyFile(src, dest, from, to, options);
  } else if (from.isSymbolicLink()) {
    yield* copyLink(src, dest, to, options);
  } else if (from.isSocket()) {
    throw failure('ERR_FS_CP_SOCKET', `cannot copy a socket file: ${dest}`, dest, 'EINVAL');
  } else if (from.isFIFO()) {
    throw failure('ERR_FS_CP_FIFO_PIPE', `cannot copy a FIFO pipe: ${dest}`, dest, 'EINVAL');
  } else {
    throw failure('ERR_FS_CP_UNKNOWN', `cannot copy an unknown file type: ${dest}`, dest, 'EINVAL');
  }
}

function* copyDirectory(src, dest, from, to, options, sync) {
  if (to === null) yield ['mkdir', dest, 0o777, false];
  else if (!sync && options.errorOnExist && !options.force) throw existing(dest);
  for (const name of yield ['readdir', src, false, false, false]) {
    const source = join(src, name);
    const target = join(dest, name);
    const checked = yield* check(source, target, options, sync);
    if (checked !== null) yield* copyEntry(source, target, checked, options, sync);
  }
  if (to === null) yield ['chmod', dest, Number(from.mode) & 0o7777];
}

function existing(dest) {
  return failure('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, 'EEXIST');
}

function* copyFile(src, dest, from, to, options) {
  if (to !== null) {
    if (options.force) yield ['unlink', dest];
    else if (options.errorOnExist) throw existing(dest);
    else return;
  }
  yield ['copyFile', src, dest, options.mode];
  const mode = Number(from.mode) & 0o7777;
  if (options.preserveTimestamps) {
    // Times can be set on what can be written; the source's own, read again, as copying has touched its atime.
    if ((mode & 0o200) === 0) yield ['chmod', dest, mode | 0o200];
    const now = statsOf(yield ['stat', src, false, true]);
    yield ['utimes', dest, now.atimeMs / 1000, now.mtimeMs / 1000];
  }
  yield ['chmod', dest, mode];
}

function* copyLink(src, dest, to, options) {
  let target = yield ['readlink', src, false];
  if (!options.verbatimSymlinks && !isAbsolute(target)) target = resolve(dirname(src), target);
  if (to === null) {
    yield ['symlink', target, dest];
    return;
  }
  let old;
  try {
    old = yield ['readlink', dest, false];
  } catch (error) {
    // A file stands there: the attempt says so.
    if (error.code !== 'EINVAL' && error.code !== 'UNKNOWN') throw error;
    yield ['symlink', target, dest];
    return;
  }
  if (!isAbsolute(old)) old = resolve(dirname(dest), old);
  let isDirectory = false;
  try {
    isDirectory = statsOf(yield ['stat', src, true, true]).isDirectory();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (isDirectory && isBelow(target, old)) throw intoItself(target, old);
  if (isDirectory && isBelow(old, target)) {
    throw failure('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${old} with ${target}`, dest, 'EINVAL');
  }
  yield ['unlink', dest];
  yield ['symlink', target, dest];
}

module.exports = {
  copyOptionsOf,
  async copy(src, dest, options) {
    await runAsync(copyAll(src, dest, options, false));
  },
  copySync(src, dest, options) {
    runSync(copyAll(src, dest, options, true));
  },
};
