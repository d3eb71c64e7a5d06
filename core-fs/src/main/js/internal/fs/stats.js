'use strict';
// What stat, statfs and readdir report.
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { S_IFMT, S_IFREG, S_IFDIR, S_IFCHR, S_IFBLK, S_IFIFO, S_IFLNK, S_IFSOCK } = require('internal/fs/constants');

const kType = stateSymbol('fs.type');
const kNanos = stateSymbol('fs.nanos');
const kTimes = ['atime', 'mtime', 'ctime', 'birthtime'];
const kModes = {
  isDirectory: S_IFDIR, isFile: S_IFREG, isBlockDevice: S_IFBLK, isCharacterDevice: S_IFCHR,
  isSymbolicLink: S_IFLNK, isFIFO: S_IFIFO, isSocket: S_IFSOCK,
};

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}

for (const name of Object.keys(kModes)) {
  StatsBase.prototype[name] = function() {
    return this._checkModeProperty(kModes[name]);
  };
}

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs,
               atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
  if (atimeNs !== undefined) {
    Object.defineProperty(this, kNanos, { value: [atimeNs, mtimeNs, ctimeNs, birthtimeNs] });
  }
}

Stats.prototype._checkModeProperty = function(property) {
  return (this.mode & S_IFMT) === property;
};

function BigIntStats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeNs / 1000000n;
  this.mtimeMs = mtimeNs / 1000000n;
  this.ctimeMs = ctimeNs / 1000000n;
  this.birthtimeMs = birthtimeNs / 1000000n;
  this.atimeNs = atimeNs;
  this.mtimeNs = mtimeNs;
  this.ctimeNs = ctimeNs;
  this.birthtimeNs = birthtimeNs;
}

BigIntStats.prototype._checkModeProperty = function(property) {
  return (this.mode & BigInt(S_IFMT)) === BigInt(property);
};

// Dates are made when asked for: most users of stat never do.
function defineTime(prototype, name, make) {
  const set = (stats, value) =>
    Object.defineProperty(stats, name, { enumerable: true, configurable: true, writable: true, value });
  Object.defineProperty(prototype, name, {
    enumerable: true,
    configurable: true,
    get() {
      const value = make(this);
      set(this, value);
      return value;
    },
    set(value) {
      set(this, value);
    },
  });
}

for (const kind of [Stats, BigIntStats]) {
  const own = kind.prototype;
  Object.setPrototypeOf(own, StatsBase.prototype);
  Object.setPrototypeOf(kind, StatsBase);
  kTimes.forEach((time) => {
    defineTime(own, time, (stats) => new Date(Math.round(Number(stats[`${time}Ms`]))));
  });
  kTimes.forEach((time, i) => {
    defineTime(own, `${time}Instant`, (stats) => {
      // eslint-disable-next-line no-undef
      if (kind === BigIntStats) return Temporal.Instant.fromEpochNanoseconds(stats[`${time}Ns`]);
      const milliseconds = stats[`${time}Ms`];
      const nanos = stats[kNanos]?.[i];
      const whole = nanos === undefined ? BigInt(Math.round(milliseconds * 1e6)) :
        BigInt(Math.round((milliseconds - nanos / 1e6) / 1000)) * 1000000000n + BigInt(nanos);
      // eslint-disable-next-line no-undef
      return Temporal.Instant.fromEpochNanoseconds(whole);
    });
  });
  const check = own._checkModeProperty;
  delete own._checkModeProperty;
  own._checkModeProperty = check;
}

/** Stats of the binding's fields: ten numbers, then seconds and nanoseconds of four times. */
function statsOf(f) {
  if (typeof f[0] === 'bigint') {
    return new BigIntStats(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], nanoseconds(f, 10),
                           nanoseconds(f, 12), nanoseconds(f, 14), nanoseconds(f, 16));
  }
  return new Stats(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], milliseconds(f, 10), milliseconds(f, 12),
                   milliseconds(f, 14), milliseconds(f, 16), f[11], f[13], f[15], f[17]);
}

const milliseconds = (f, i) => f[i] * 1000 + f[i + 1] / 1e6;
const nanoseconds = (f, i) => f[i] * 1000000000n + f[i + 1];

function StatFs(type, bsize, frsize, blocks, bfree, bavail, files, ffree) {
  this.type = type;
  this.bsize = bsize;
  this.frsize = frsize;
  this.blocks = blocks;
  this.bfree = bfree;
  this.bavail = bavail;
  this.files = files;
  this.ffree = ffree;
}

class Dirent {
  constructor(name, path, type) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }
}

['isDirectory', 'isFile', 'isBlockDevice', 'isCharacterDevice', 'isSymbolicLink', 'isFIFO', 'isSocket'].forEach((name) => {
  const type = { isFile: 1, isDirectory: 2, isSymbolicLink: 3, isFIFO: 4, isSocket: 5, isCharacterDevice: 6, isBlockDevice: 7 };
  Object.defineProperty(Dirent.prototype, name, {
    configurable: true,
    writable: true,
    value: { [name]() { return this[kType] === type[name]; } }[name],
  });
});

/** An entry of the binding; a type that the file system kept to itself comes from lstat. */
function direntOf(name, parent, type, directory) {
  if (type !== 0) return new Dirent(name, parent, type);
  const mode = binding.typeOf(typeof name === 'string' ? `${directory}/${name}` : Buffer.concat([Buffer.from(`${directory}/`), name]), false);
  if (mode < 0) throw new codes.ERR_INTERNAL_ASSERTION(`lstat of ${name} failed`);
  const types = { [S_IFREG]: 1, [S_IFDIR]: 2, [S_IFLNK]: 3, [S_IFIFO]: 4, [S_IFSOCK]: 5, [S_IFCHR]: 6, [S_IFBLK]: 7 };
  return new Dirent(name, parent, types[mode] ?? 0);
}

module.exports = { BigIntStats, Dirent, StatFs, Stats, direntOf, kType, statsOf };
