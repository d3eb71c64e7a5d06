'use strict';
// The callback and the ...Sync functions. The binding has both in one: a call without a callback is synchronous.
const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const {
  kCustomPromisifiedSymbol, kCustomPromisifyArgsSymbol, kEmptyObject, deprecate,
} = require('internal/util');
const { isArrayBufferView } = require('internal/util/types');
const { parseFileMode, validateBoolean, validateEncoding, validateInteger, validateOneOf } = require('internal/validators');
const { getOptionValue } = require('internal/options');
const constants = require('internal/fs/constants');
const { BigIntStats, Dirent, StatFs, Stats, direntOf, statsOf } = require('internal/fs/stats');
const {
  accessModeOf, callbackOf, checkViews, checkWritableString, checkWriteRange, copyModeOf, dataOf, encodeName, fdOf, flagsOf,
  isDirectoryError, isFd, optionsOf, ownerOf, pathOf, positionOf, readArguments, requestOf, rmOptionsOf, toUnixTimestamp, wantsBytes,
} = require('internal/fs/arguments');

const fs = module.exports;

if (getOptionValue('--permission') || getOptionValue('--permission-audit')) require('internal/fs/permission').guardBinding(binding);

/** What users have as `fs`, with what they put in place of its functions. */
const shared = () => require('internal/runtime').requireBuiltin('fs');

/** The callback of a result that has to be dressed first. */
const then = (callback, dress) => (error, result) => {
  if (error) callback(error);
  else callback(null, dress(result));
};

// Descriptors

function open(path, flags, mode, callback) {
  path = pathOf(path);
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  } else {
    mode = parseFileMode(mode, 'mode', 0o666);
  }
  const bits = flagsOf(flags);
  binding.open(path, bits, mode, requestOf(callback));
}

function openSync(path, flags, mode) {
  return binding.open(pathOf(path), flagsOf(flags), parseFileMode(mode, 'mode', 0o666));
}

function throwIfError(error) {
  if (error) throw error;
}

function close(fd, callback = throwIfError) {
  fd = fdOf(fd);
  binding.close(fd, requestOf(callback));
}

function closeSync(fd) {
  binding.close(fdOf(fd));
}

function read(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = fdOf(fd);
  const given = arguments.length;
  let parts;
  if (given <= 4) {
    callback = given === 4 ? length : given === 3 ? offsetOrOptions : buffer;
    parts = given === 4 ? readArguments(buffer, offsetOrOptions ?? {}, undefined, undefined, 2) :
      given === 3 ? (isArrayBufferView(buffer) ? readArguments(buffer, {}, undefined, undefined, 2) :
        readArguments(buffer, undefined, undefined, undefined, 1)) :
        readArguments(undefined, undefined, undefined, undefined, 0);
  } else {
    parts = readArguments(buffer, offsetOrOptions === undefined || typeof offsetOrOptions === 'object' ? null : offsetOrOptions,
                          length === undefined ? 0 : length, position, 5);
  }
  callbackOf(callback);
  const target = parts[0];
  if (parts[2] === 0) {
    process.nextTick(callback, null, 0, target);
    return;
  }
  binding.read(fd, target, parts[1], parts[2], parts[3], (error, bytesRead) => {
    callback(error, bytesRead || 0, target);
  });
}

function readSync(fd, buffer, offsetOrOptions, length, position) {
  fd = fdOf(fd);
  const given = arguments.length;
  const parts = given <= 3 ? readArguments(buffer, offsetOrOptions ?? {}, undefined, undefined, 2) :
    readArguments(buffer, offsetOrOptions === undefined ? null : offsetOrOptions, length === undefined ? 0 : length, position, 5);
  return parts[2] === 0 ? 0 : binding.read(fd, parts[0], parts[1], parts[2], parts[3]);
}

function write(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = fdOf(fd);
  let offset = offsetOrOptions;
  let data = buffer;
  if (isArrayBufferView(buffer)) {
    callback = callbackOf(callback || position || length || offset);
    if (typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions ?? kEmptyObject);
    }
    if (offset === null || offset === undefined || typeof offset === 'function') offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    checkWriteRange(offset, length, buffer.byteLength);
  } else {
    checkWritableString(buffer, 'buffer');
    if (typeof position !== 'function') {
      if (typeof offset === 'function') {
        position = offset;
        offset = null;
      } else {
        position = length;
      }
      length = 'utf8';
    }
    validateEncoding(buffer, length);
    callback = callbackOf(position);
    data = Buffer.from(buffer, length);
    position = offset;
    offset = 0;
    length = data.length;
  }
  if (typeof position !== 'number') position = -1;
  binding.write(fd, data, offset, length, position, (error, written) => {
    callback(error, written || 0, buffer);
  });
}

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = fdOf(fd);
  let offset = offsetOrOptions;
  if (isArrayBufferView(buffer)) {
    if (position === undefined) position = null;
    if (typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions ?? kEmptyObject);
    }
    if (offset === null || offset === undefined) offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    checkWriteRange(offset, length, buffer.byteLength);
  } else {
    checkWritableString(buffer, 'buffer');
    validateEncoding(buffer, length);
    buffer = Buffer.from(buffer, length);
    position = offset === undefined ? null : offset;
    offset = 0;
    length = buffer.length;
  }
  return binding.write(fd, buffer, offset, length, typeof position === 'number' ? position : -1);
}

function readv(fd, buffers, position, callback) {
  fd = fdOf(fd);
  checkViews(buffers);
  callback = callbackOf(callback || position);
  binding.readv(fd, typeof position === 'number' ? position : -1, (error, bytesRead) => {
    callback(error, bytesRead || 0, buffers);
  }, ...buffers);
}

function readvSync(fd, buffers, position) {
  fd = fdOf(fd);
  checkViews(buffers);
  return binding.readv(fd, typeof position === 'number' ? position : -1, undefined, ...buffers);
}

function writev(fd, buffers, position, callback) {
  fd = fdOf(fd);
  checkViews(buffers);
  callback = callbackOf(callback || position);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  binding.writev(fd, typeof position === 'number' ? position : -1, (error, written) => {
    callback(error, written || 0, buffers);
  }, ...buffers);
}

function writevSync(fd, buffers, position) {
  fd = fdOf(fd);
  checkViews(buffers);
  if (buffers.length === 0) return 0;
  return binding.writev(fd, typeof position === 'number' ? position : -1, undefined, ...buffers);
}

function ftruncate(fd, length = 0, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  }
  fd = fdOf(fd);
  validateInteger(length, 'len');
  binding.ftruncate(fd, Math.max(0, length), requestOf(callback));
}

function ftruncateSync(fd, length = 0) {
  fd = fdOf(fd);
  validateInteger(length, 'len');
  binding.ftruncate(fd, length < 0 ? 0 : length);
}

function truncate(path, length, callback) {
  if (typeof length === 'function') {
    callback = length;
    length = 0;
  } else if (length === undefined) {
    length = 0;
  }
  validateInteger(length, 'len');
  length = Math.max(0, length);
  callbackOf(callback);
  fs.open(path, 'r+', (openError, fd) => {
    if (openError) return callback(openError);
    binding.ftruncate(fd, length, (error) => {
      fs.close(fd, (closeError) => callback(error && closeError ? joinErrors(closeError, error) : error || closeError || null));
    });
  });
}

const joinErrors = (inner, outer) => require('internal/errors').aggregateTwoErrors(inner, outer);

function truncateSync(path, length) {
  if (length === undefined) length = 0;
  const fd = fs.openSync(path, 'r+');
  try {
    fs.ftruncateSync(fd, length);
  } finally {
    fs.closeSync(fd);
  }
}

function fsync(fd, callback) {
  binding.fsync(fdOf(fd), requestOf(callback));
}

function fsyncSync(fd) {
  binding.fsync(fdOf(fd));
}

function fdatasync(fd, callback) {
  binding.fdatasync(fdOf(fd), requestOf(callback));
}

function fdatasyncSync(fd) {
  binding.fdatasync(fdOf(fd));
}

// Whole files

const wantsText = (encoding) => encoding === 'utf8' || encoding === 'utf-8';
const decode = (bytes, encoding) =>
  (typeof bytes === 'string' || !encoding || encoding === 'buffer' ? bytes : bytes.toString(encoding));

function abortErrorOf(signal) {
  return signal?.aborted ? new AbortError(undefined, { cause: signal.reason }) : null;
}

function readFile(path, options, callback) {
  callback = callbackOf(callback || options);
  options = optionsOf(options, { flag: 'r' });
  const { encoding, signal } = options;
  if (!isFd(path)) path = pathOf(path);
  const flags = flagsOf(options.flag, 'options.flag');
  const aborted = abortErrorOf(signal);
  if (aborted) return callback(aborted);
  binding.readFile(path, flags, wantsText(encoding), (error, bytes) => {
    const late = abortErrorOf(signal);
    if (late || error) return callback(late || error);
    try {
      bytes = decode(bytes, encoding);
    } catch (e) {
      return callback(e);
    }
    callback(null, bytes);
  });
}

function readFileSync(path, options) {
  options = optionsOf(options, { flag: 'r' });
  if (!isFd(path)) path = pathOf(path);
  return decode(binding.readFile(path, flagsOf(options.flag, 'options.flag'), wantsText(options.encoding)), options.encoding);
}

const kWriteDefaults = { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false };
const kAppendDefaults = { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false };

function flushOf(options) {
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  return flush;
}

function writeFile(path, data, options, callback) {
  callback = callback || options;
  callbackOf(callback);
  options = optionsOf(options, kWriteDefaults);
  const flush = flushOf(options);
  data = dataOf(data, options.encoding);
  const flags = isFd(path) ? 0 : flagsOf(options.flag || 'w', 'options.flag');
  if (!isFd(path)) path = pathOf(path);
  const mode = parseFileMode(options.mode, 'mode', 0o666);
  const { signal } = options;
  const aborted = abortErrorOf(signal);
  if (aborted) return callback(aborted);
  const done = signal ? (error) => callback(abortErrorOf(signal) || error) : callback;
  if (flush) writeAndFlush(path, data, flags, mode, done);
  else binding.writeFile(path, data, flags, mode, false, done);
}

/** Flushing is a call of its own, as it is what others wrap. */
function writeAndFlush(path, data, flags, mode, callback) {
  const write = (fd, close) => binding.writeFile(fd, data, 0, 0, false, (error) => {
    if (error) close(error);
    else shared().fsync(fd, close);
  });
  if (isFd(path)) return write(path, callback);
  binding.open(path, flags, mode, (openError, fd) => {
    if (openError) return callback(openError);
    write(fd, (error) => shared().close(fd, (closeError) => callback(error || closeError)));
  });
}

function writeFileSync(path, data, options) {
  options = optionsOf(options, kWriteDefaults);
  const flush = flushOf(options);
  data = dataOf(data, options.encoding);
  const userFd = isFd(path);
  const flags = userFd ? 0 : flagsOf(options.flag || 'w', 'options.flag');
  const mode = parseFileMode(options.mode, 'mode', 0o666);
  if (!userFd) path = pathOf(path);
  if (!flush) {
    binding.writeFile(path, data, flags, mode, false);
    return;
  }
  const fd = userFd ? path : binding.open(path, flags, mode);
  try {
    binding.writeFile(fd, data, 0, 0, false);
    shared().fsyncSync(fd);
  } finally {
    if (!userFd) shared().closeSync(fd);
  }
}

function appendFile(path, data, options, callback) {
  callback = callback || options;
  callbackOf(callback);
  options = { ...optionsOf(options, kAppendDefaults) };
  if (!options.flag || isFd(path)) options.flag = 'a';
  shared().writeFile(path, data, options, callback);
}

function appendFileSync(path, data, options) {
  options = { ...optionsOf(options, kAppendDefaults) };
  if (!options.flag || isFd(path)) options.flag = 'a';
  shared().writeFileSync(path, data, options);
}

function copyFile(src, dest, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  src = pathOf(src, 'src');
  dest = pathOf(dest, 'dest');
  callbackOf(callback);
  binding.copyFile(src, dest, copyModeOf(mode), callback);
}

function copyFileSync(src, dest, mode) {
  binding.copyFile(pathOf(src, 'src'), pathOf(dest, 'dest'), copyModeOf(mode));
}

// What is known of a file

function stat(path, options = kEmptyObject, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  callback = callbackOf(callback);
  path = pathOf(path);
  binding.stat(path, options?.bigint === true, options?.throwIfNoEntry !== false, (error, fields) => {
    if (error) callback(error);
    else callback(null, fields && statsOf(fields));
  });
}

function statSync(path, options = kEmptyObject) {
  const fields = binding.stat(pathOf(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields && statsOf(fields);
}

function lstat(path, options = kEmptyObject, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  callback = callbackOf(callback);
  path = pathOf(path);
  binding.lstat(path, options?.bigint === true, options?.throwIfNoEntry !== false, (error, fields) => {
    if (error) callback(error);
    else callback(null, fields && statsOf(fields));
  });
}

function lstatSync(path, options = kEmptyObject) {
  const fields = binding.lstat(pathOf(path), options?.bigint === true, options?.throwIfNoEntry !== false);
  return fields && statsOf(fields);
}

function fstat(fd, options = kEmptyObject, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  fd = fdOf(fd);
  binding.fstat(fd, options?.bigint === true, then(callbackOf(callback), statsOf));
}

function fstatSync(fd, options = kEmptyObject) {
  return statsOf(binding.fstat(fdOf(fd), options?.bigint === true));
}

const statFsOf = (fields) => new StatFs(...fields);

function statfs(path, options = kEmptyObject, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  callback = callbackOf(callback);
  binding.statfs(pathOf(path), options?.bigint === true, then(callback, statFsOf));
}

function statfsSync(path, options = kEmptyObject) {
  return statFsOf(binding.statfs(pathOf(path), options?.bigint === true));
}

function access(path, mode, callback) {
  if (typeof mode === 'function') {
    callback = mode;
    mode = 0;
  }
  path = pathOf(path);
  mode = accessModeOf(mode);
  binding.access(path, mode, requestOf(callback));
}

function accessSync(path, mode) {
  binding.access(pathOf(path), accessModeOf(mode));
}

function exists(path, callback) {
  callbackOf(callback);
  try {
    path = pathOf(path);
  } catch {
    return callback(false);
  }
  binding.exists(path, (error, found) => callback(!error && found));
}

Object.defineProperty(exists, kCustomPromisifiedSymbol, {
  value: { exists(path) { return new Promise((resolve) => fs.exists(path, resolve)); } }.exists,
});

function existsSync(path) {
  try {
    path = pathOf(path);
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG_TYPE') warnOfExistsArgument();
    return false;
  }
  return binding.exists(path);
}

let warnOfExistsArgument = () => {
  warnOfExistsArgument = () => {};
  process.emitWarning('Passing invalid argument types to fs.existsSync is deprecated', 'DeprecationWarning', 'DEP0187');
};

// Permissions, owners, times

function chmod(path, mode, callback) {
  path = pathOf(path);
  mode = parseFileMode(mode, 'mode');
  binding.chmod(path, mode, requestOf(callback));
}

function chmodSync(path, mode) {
  binding.chmod(pathOf(path), parseFileMode(mode, 'mode'));
}

function fchmod(fd, mode, callback) {
  fd = fdOf(fd);
  mode = parseFileMode(mode, 'mode');
  binding.fchmod(fd, mode, requestOf(callback));
}

function fchmodSync(fd, mode) {
  binding.fchmod(fdOf(fd), parseFileMode(mode, 'mode'));
}

function chown(path, uid, gid, callback) {
  callbackOf(callback);
  binding.chown(pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'), callback);
}

function chownSync(path, uid, gid) {
  binding.chown(pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

function fchown(fd, uid, gid, callback) {
  fd = fdOf(fd);
  ownerOf(uid, 'uid');
  ownerOf(gid, 'gid');
  binding.fchown(fd, uid, gid, requestOf(callback));
}

function fchownSync(fd, uid, gid) {
  binding.fchown(fdOf(fd), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

function lchown(path, uid, gid, callback) {
  callbackOf(callback);
  binding.lchown(pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'), callback);
}

function lchownSync(path, uid, gid) {
  binding.lchown(pathOf(path), ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

function utimes(path, atime, mtime, callback) {
  callbackOf(callback);
  binding.utimes(pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime), callback);
}

function utimesSync(path, atime, mtime) {
  binding.utimes(pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

function futimes(fd, atime, mtime, callback) {
  fd = fdOf(fd);
  atime = toUnixTimestamp(atime, 'atime');
  mtime = toUnixTimestamp(mtime, 'mtime');
  binding.futimes(fd, atime, mtime, requestOf(callback));
}

function futimesSync(fd, atime, mtime) {
  binding.futimes(fdOf(fd), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'));
}

function lutimes(path, atime, mtime, callback) {
  callbackOf(callback);
  binding.lutimes(pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime), callback);
}

function lutimesSync(path, atime, mtime) {
  binding.lutimes(pathOf(path), toUnixTimestamp(atime), toUnixTimestamp(mtime));
}

// Names and links

function link(existingPath, newPath, callback) {
  callbackOf(callback);
  binding.link(pathOf(existingPath, 'existingPath'), pathOf(newPath, 'newPath'), callback);
}

function linkSync(existingPath, newPath) {
  binding.link(pathOf(existingPath, 'existingPath'), pathOf(newPath, 'newPath'));
}

const kLinkTypes = ['dir', 'file', 'junction', null, undefined];

function symlink(target, path, type, callback) {
  if (callback === undefined) {
    callback = callbackOf(type);
    type = undefined;
  } else {
    validateOneOf(type, 'type', kLinkTypes);
  }
  target = pathOf(target, 'target');
  path = pathOf(path);
  binding.symlink(target, path, requestOf(callback));
}

function symlinkSync(target, path, type) {
  validateOneOf(type, 'type', kLinkTypes);
  binding.symlink(pathOf(target, 'target'), pathOf(path));
}

function readlink(path, options, callback) {
  callback = callbackOf(typeof options === 'function' ? options : callback);
  const { encoding } = optionsOf(options);
  binding.readlink(pathOf(path), wantsBytes(encoding), then(callback, (name) => encodeName(name, encoding)));
}

function readlinkSync(path, options) {
  const { encoding } = optionsOf(options);
  return encodeName(binding.readlink(pathOf(path), wantsBytes(encoding)), encoding);
}

function rename(oldPath, newPath, callback) {
  callbackOf(callback);
  binding.rename(pathOf(oldPath, 'oldPath'), pathOf(newPath, 'newPath'), callback);
}

function renameSync(oldPath, newPath) {
  binding.rename(pathOf(oldPath, 'oldPath'), pathOf(newPath, 'newPath'));
}

function unlink(path, callback) {
  callbackOf(callback);
  binding.unlink(pathOf(path), callback);
}

function unlinkSync(path) {
  binding.unlink(pathOf(path));
}

function realpath(path, options, callback) {
  callback = callbackOf(typeof options === 'function' ? options : callback);
  const { encoding } = optionsOf(options);
  binding.realpath(realpathArgument(path), wantsBytes(encoding), true, then(callback, (name) => encodeName(name, encoding)));
}

function realpathSync(path, options) {
  const { encoding } = optionsOf(options);
  return encodeName(binding.realpath(realpathArgument(path), wantsBytes(encoding), true), encoding);
}

// realpath resolves names before it asks for them: `missing/..` is no error, and '' is the current directory.
function realpathArgument(path) {
  path = pathOf(typeof path === 'string' ? path : path instanceof Uint8Array ? path : pathOf(path));
  return require('path').resolve(typeof path === 'string' ? path : Buffer.from(path).toString());
}

realpath.native = (path, options, callback) => {
  callback = callbackOf(callback || options);
  const { encoding } = optionsOf(options);
  binding.realpath(pathOf(path), wantsBytes(encoding), false, then(callback, (name) => encodeName(name, encoding)));
};

realpathSync.native = (path, options) => {
  const { encoding } = optionsOf(options);
  return encodeName(binding.realpath(pathOf(path), wantsBytes(encoding), false), encoding);
};

// Directories

function mkdirArguments(options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = parseFileMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = parseFileMode(options.mode, 'options.mode');
  }
  return [mode, recursive];
}

function mkdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  callbackOf(callback);
  path = pathOf(path);
  const [mode, recursive] = mkdirArguments(options);
  binding.mkdir(path, mode, recursive, recursive ? (error, first) => {
    if (error) callback(error);
    else callback(null, first);
  } : callback);
}

function mkdirSync(path, options) {
  path = pathOf(path);
  const [mode, recursive] = mkdirArguments(options);
  const first = binding.mkdir(path, mode, recursive);
  if (recursive) return first;
}

function mkdtemp(prefix, options, callback) {
  callback = callbackOf(typeof options === 'function' ? options : callback);
  const { encoding } = optionsOf(options);
  prefix = pathOf(prefix, 'prefix');
  binding.mkdtemp(prefix, wantsBytes(encoding), then(callback, (name) => encodeName(name, encoding)));
}

function mkdtempSync(prefix, options) {
  const { encoding } = optionsOf(options);
  return encodeName(binding.mkdtemp(pathOf(prefix, 'prefix'), wantsBytes(encoding)), encoding);
}

function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  // Absolute now, as the current directory may be another by then.
  const absolute = require('path').resolve(String(path));
  const remove = () => {
    fs.rmSync(absolute, { maxRetries: 0, recursive: true, force: true, retryDelay: 100 });
  };
  return { path, remove, [Symbol.dispose]() { remove(); } };
}

function rmdirOptions(options) {
  if (options === undefined || options === null) return;
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
  if (options.recursive !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
  }
}

function rmdir(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  rmdirOptions(options);
  callbackOf(callback);
  binding.rmdir(pathOf(path), callback);
}

function rmdirSync(path, options) {
  path = pathOf(path);
  rmdirOptions(options);
  binding.rmdir(path);
}

function rm(path, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  path = pathOf(path);
  options = rmOptionsOf(options);
  callbackOf(callback);
  binding.lstat(path, false, true, (error, fields) => {
    if (error) return callback(options.force && error.code === 'ENOENT' ? null : error);
    if (!options.recursive && statsOf(fields).isDirectory()) return callback(isDirectoryError(path));
    binding.rm(path, options.maxRetries, options.retryDelay, callback);
  });
}

function rmSync(path, options) {
  path = pathOf(path);
  options = rmOptionsOf(options);
  const fields = binding.lstat(path, false, !options.force);
  if (!fields) return;
  if (!options.recursive && statsOf(fields).isDirectory()) throw isDirectoryError(path);
  binding.rm(path, options.maxRetries, options.retryDelay);
}

function entriesOf(result, path, options) {
  const { encoding } = options;
  if (!options.withFileTypes) {
    return wantsBytes(encoding) && encoding !== 'buffer' ? result.map((name) => name.toString(encoding)) : result;
  }
  const [names, types, parents] = result;
  const { join } = parents.length > 0 && parents[parents.length - 1] !== '' ? require('path') : kEmptyObject;
  const shown = typeof path === 'string' || encoding === 'buffer' ? path : path.toString();
  const entries = new Array(names.length);
  for (let i = 0; i < entries.length; i++) {
    entries[i] = new Dirent(encodeName(names[i], encoding), parents[i] === '' ? shown : join(String(path), parents[i]), types[i]);
  }
  return entries;
}

function readdir(path, options, callback) {
  callback = callbackOf(typeof options === 'function' ? options : callback);
  options = optionsOf(options);
  path = pathOf(path);
  const { recursive } = options;
  if (recursive !== undefined && recursive !== null) validateBoolean(recursive, 'options.recursive');
  binding.readdir(path, wantsBytes(options.encoding), !!options.withFileTypes, !!recursive,
                  then(callback, (result) => entriesOf(result, path, options)));
}

function readdirSync(path, options) {
  options = optionsOf(options);
  path = pathOf(path);
  const { recursive } = options;
  if (recursive !== undefined && recursive !== null) validateBoolean(recursive, 'options.recursive');
  return entriesOf(binding.readdir(path, wantsBytes(options.encoding), !!options.withFileTypes, !!recursive), path, options);
}

// What few programs use lies in files of its own.

function opendir(path, options, callback) {
  require('internal/fs/dir').opendir(path, options, callback);
}

function opendirSync(path, options) {
  return require('internal/fs/dir').opendirSync(path, options);
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  callback = callbackOf(callback);
  const { copyOptionsOf, copy } = require('internal/fs/cp');
  options = copyOptionsOf(options);
  src = pathOf(src, 'src');
  dest = pathOf(dest, 'dest');
  copy(src, dest, options).then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
}

function cpSync(src, dest, options) {
  const { copyOptionsOf, copySync } = require('internal/fs/cp');
  options = copyOptionsOf(options);
  copySync(pathOf(src, 'src'), pathOf(dest, 'dest'), options);
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  callback = callbackOf(callback);
  const { globAsync } = require('internal/fs/glob');
  const found = globAsync(pattern, options);
  (async () => {
    const all = [];
    for await (const one of found) all.push(one);
    return all;
  })().then((all) => process.nextTick(callback, null, all), (error) => process.nextTick(callback, error));
}

function globSync(pattern, options) {
  return require('internal/fs/glob').globSync(pattern, options);
}

function watch(filename, options, listener) {
  return require('internal/fs/watchers').watch(filename, options, listener);
}

function watchFile(filename, options, listener) {
  return require('internal/fs/watchers').watchFile(filename, options, listener);
}

function unwatchFile(filename, listener) {
  require('internal/fs/watchers').unwatchFile(filename, listener);
}

function openAsBlob(path, options = kEmptyObject) {
  return require('internal/fs/blob').openAsBlob(path, options);
}

function openAsBlobSync(path, options = kEmptyObject) {
  return require('internal/fs/blob').openAsBlobSync(path, options);
}

function createReadStream(path, options) {
  return new (shared().ReadStream)(path, options);
}

function createWriteStream(path, options) {
  return new (shared().WriteStream)(path, options);
}

for (const [method, names] of [
  [read, ['bytesRead', 'buffer']], [readv, ['bytesRead', 'buffers']],
  [write, ['bytesWritten', 'buffer']], [writev, ['bytesWritten', 'buffers']],
]) {
  Object.defineProperty(method, kCustomPromisifyArgsSymbol, { value: names });
}

const deprecatedStats = deprecate(Stats, 'fs.Stats constructor is deprecated.', 'DEP0180');
// Its prototype is that of all stats, which are shown by this name.
Object.defineProperty(deprecatedStats, 'name', { value: 'Stats', configurable: true });

Object.assign(fs, {
  appendFile, appendFileSync, access, accessSync, chown, chownSync, chmod, chmodSync, close, closeSync, copyFile, copyFileSync, cp,
  cpSync, createReadStream, createWriteStream, exists, existsSync, fchown, fchownSync, fchmod, fchmodSync, fdatasync,
  fdatasyncSync, fstat, fstatSync, fsync, fsyncSync, ftruncate, ftruncateSync, futimes, futimesSync, glob, globSync, lchown,
  lchownSync, lchmod: undefined, lchmodSync: undefined, link, linkSync, lstat, lstatSync, lutimes, lutimesSync, mkdir, mkdirSync,
  mkdtemp, mkdtempSync, mkdtempDisposableSync, open, openSync, openAsBlob, openAsBlobSync, readdir, readdirSync, read, readSync,
  readv, readvSync, readFile, readFileSync, readlink, readlinkSync, realpath, realpathSync, rename, renameSync, rm, rmSync, rmdir,
  rmdirSync, stat, statfs, statSync, statfsSync, symlink, symlinkSync, truncate, truncateSync, unwatchFile, unlink, unlinkSync,
  utimes, utimesSync, watch, watchFile, writeFile, writeFileSync, write, writeSync, writev, writevSync,
  Dirent,
  Stats: deprecatedStats,
});

function defineLazy(name, load, set = true) {
  Object.defineProperty(fs, name, {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get: load,
    set: set ? (value) => {
      Object.defineProperty(fs, name, { value, writable: true, enumerable: true, configurable: true });
    } : undefined,
  });
}

defineLazy('ReadStream', () => require('internal/fs/streams').ReadStream);
defineLazy('WriteStream', () => require('internal/fs/streams').WriteStream);
defineLazy('FileReadStream', () => require('internal/fs/streams').ReadStream);
defineLazy('FileWriteStream', () => require('internal/fs/streams').WriteStream);
defineLazy('Utf8Stream', () => require('internal/fs/utf8_stream'), false);
Object.assign(fs, { _toUnixTimestamp: toUnixTimestamp, opendir, opendirSync });
defineLazy('Dir', () => require('internal/fs/dir').Dir);
Object.defineProperty(fs, 'constants', { __proto__: null, enumerable: true, value: constants });
// What users get from require('fs/promises').
defineLazy('promises', () => require('internal/runtime').requireBuiltin('fs/promises'), false);
