'use strict';
// fs.promises.
const { aggregateTwoErrors, codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { parseFileMode, validateBoolean } = require('internal/validators');
const constants = require('internal/fs/constants');
const { StatFs, statsOf } = require('internal/fs/stats');
const fs = require('fs');
const {
  accessModeOf, copyModeOf, encodeName, flagsOf, isDirectoryError, optionsOf, ownerOf, pathOf, rmOptionsOf, toUnixTimestamp,
  wantsBytes, dataOf,
} = require('internal/fs/arguments');
const { FileHandle, call, isIterable, onHandle, readFile: readHandle, throwIfAborted, writeData, writeFile: writeHandle } =
  require('internal/fs/file_handle');

async function access(path, mode = undefined) {
  await call(binding.access, pathOf(path), accessModeOf(mode));
}

async function copyFile(src, dest, mode) {
  src = pathOf(src, 'src');
  dest = pathOf(dest, 'dest');
  await call(binding.copyFile, src, dest, copyModeOf(mode));
}

async function cp(src, dest, options) {
  const { copyOptionsOf, copy } = require('internal/fs/cp');
  options = copyOptionsOf(options);
  return copy(pathOf(src, 'src'), pathOf(dest, 'dest'), options);
}

async function* glob(pattern, options) {
  yield* require('internal/fs/glob').globAsync(pattern, options);
}

async function open(path, flags, mode) {
  path = pathOf(path);
  const bits = flagsOf(flags);
  mode = parseFileMode(mode, 'mode', 0o666);
  return new FileHandle(await call(binding.open, path, bits, mode));
}

async function opendir(path, options) {
  return call(fs.opendir, path, options);
}

async function rename(oldPath, newPath) {
  await call(binding.rename, pathOf(oldPath, 'oldPath'), pathOf(newPath, 'newPath'));
}

async function truncate(path, len = 0) {
  const handle = await open(path, 'r+');
  return closing(handle.truncate(len), handle);
}

/** Waits for `work`, then closes the handle whatever came. */
async function closing(work, handle) {
  let result;
  try {
    result = await work;
  } catch (error) {
    try {
      await handle.close();
    } catch (closeError) {
      throw aggregateTwoErrors(closeError, error);
    }
    throw error;
  }
  await handle.close();
  return result;
}

async function rm(path, options) {
  path = pathOf(path);
  options = rmOptionsOf(options);
  const fields = await call(binding.lstat, path, false, !options.force);
  if (!fields) return;
  if (!options.recursive && statsOf(fields).isDirectory()) throw isDirectoryError(path);
  await call(binding.rm, path, options.maxRetries, options.retryDelay);
}

async function rmdir(path, options) {
  return call(fs.rmdir, path, options);
}

async function mkdir(path, options) {
  return call(fs.mkdir, path, options);
}

async function readdir(path, options) {
  return call(fs.readdir, path, options);
}

async function readlink(path, options) {
  const { encoding } = optionsOf(options);
  path = pathOf(path);
  return encodeName(await call(binding.readlink, path, wantsBytes(encoding)), encoding);
}

async function symlink(target, path, type) {
  await call(fs.symlink, target, path, type ?? null);
}

async function lstat(path, options = kEmptyObject) {
  const fields = await call(binding.lstat, pathOf(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields && statsOf(fields);
}

async function stat(path, options = kEmptyObject) {
  const fields = await call(binding.stat, pathOf(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields && statsOf(fields);
}

async function statfs(path, options = kEmptyObject) {
  return new StatFs(...await call(binding.statfs, pathOf(path), options?.bigint === true));
}

async function link(existingPath, newPath) {
  await call(binding.link, pathOf(existingPath, 'existingPath'), pathOf(newPath, 'newPath'));
}

async function unlink(path) {
  await call(binding.unlink, pathOf(path));
}

async function chmod(path, mode) {
  path = pathOf(path);
  await call(binding.chmod, path, parseFileMode(mode, 'mode'));
}

async function lchmod(path, mode) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

async function lchown(path, uid, gid) {
  await call(binding.lchown, pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

async function chown(path, uid, gid) {
  await call(binding.chown, pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

async function utimes(path, atime, mtime) {
  await call(binding.utimes, pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

async function lutimes(path, atime, mtime) {
  await call(binding.lutimes, pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

async function realpath(path, options) {
  return call(fs.realpath.native, path, options);
}

async function mkdtemp(prefix, options) {
  return call(fs.mkdtemp, prefix, options);
}

async function mkdtempDisposable(prefix, options) {
  const path = await mkdtemp(prefix, options);
  // Absolute now, as the current directory may be another by then.
  const absolute = require('path').resolve(String(path));
  const remove = async () => {
    await rm(absolute, { maxRetries: 0, recursive: true, force: true, retryDelay: 100 });
  };
  return { __proto__: null, path, remove, async [Symbol.asyncDispose]() { await remove(); } };
}

async function writeFile(path, data, options) {
  options = optionsOf(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const flag = options.flag || 'w';
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  if (!isIterable(data)) data = dataOf(data, options.encoding);
  if (path instanceof FileHandle) return onHandle(writeHandle, path, data, options);
  throwIfAborted(options.signal);
  if (!isIterable(data) && options.signal === undefined) {
    await call(binding.writeFile, pathOf(path), data, flagsOf(flag), parseFileMode(options.mode, 'mode', 0o666), flush);
    return;
  }
  const handle = await open(path, flag, options.mode);
  return closing(writeData(handle.fd, data, options.encoding, options.signal).then(() => flush ? handle.sync() : undefined), handle);
}

async function appendFile(path, data, options) {
  options = { ...optionsOf(options, { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false }) };
  options.flag ||= 'a';
  return writeFile(path, data, options);
}

async function readFile(path, options) {
  options = optionsOf(options, { flag: 'r' });
  if (path instanceof FileHandle) return onHandle(readHandle, path, options);
  const { encoding, signal } = options;
  throwIfAborted(signal);
  const text = encoding === 'utf8' || encoding === 'utf-8';
  const bytes = await call(binding.readFile, pathOf(path), flagsOf(options.flag || 'r'), text);
  throwIfAborted(signal);
  return typeof bytes === 'string' || !encoding || encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

async function* watch(filename, options = kEmptyObject) {
  yield* require('internal/fs/watchers').watchAsync(filename, options);
}

module.exports = {
  exports: {
    access, copyFile, cp, glob, open, opendir, rename, truncate, rm, rmdir, mkdir, readdir, readlink, symlink, lstat, stat, statfs,
    link, unlink, chmod, lchmod, lchown, chown, utimes, lutimes, realpath, mkdtemp, mkdtempDisposable, writeFile, appendFile,
    readFile, watch, constants,
  },
  FileHandle,
};
