'use strict';

// fd_... of files: reading, writing, places, times.

const { fail } = require('internal/wasi/errno');
const { fileTypes, rights, typeOf } = require('internal/wasi/descriptors');

const APPEND = 1;
const ATIME = 1;
const ATIME_NOW = 2;
const MTIME = 4;
const MTIME_NOW = 8;
const NANOS = 1000000000;

function statsOf(descriptor) {
  const fs = require('fs');
  return descriptor.path === undefined ?
    fs.fstatSync(descriptor.fd, { bigint: true }) : fs.statSync(descriptor.path, { bigint: true });
}

function writeStats(memory, at, stats) {
  memory.u64(at, BigInt.asUintN(64, stats.dev));
  memory.u64(at + 8, BigInt.asUintN(64, stats.ino));
  memory.u64(at + 16, typeOf(stats));
  memory.u64(at + 24, stats.nlink);
  memory.u64(at + 32, stats.size);
  memory.u64(at + 40, BigInt.asUintN(64, stats.atimeNs));
  memory.u64(at + 48, BigInt.asUintN(64, stats.mtimeNs));
  memory.u64(at + 56, BigInt.asUintN(64, stats.ctimeNs));
}

/** Seconds for utimes: [access, modification]. */
function times(stats, atime, mtime, flags) {
  if ((flags & ATIME && flags & ATIME_NOW) || (flags & MTIME && flags & MTIME_NOW)) throw fail('INVAL');
  const now = Date.now() / 1000;
  const choose = (given, isNow, time, old) => {
    if (flags & isNow) return now;
    return (flags & given ? Number(time) : Number(old)) / NANOS;
  };
  return [choose(ATIME, ATIME_NOW, atime, stats.atimeNs), choose(MTIME, MTIME_NOW, mtime, stats.mtimeNs)];
}

function readInto(descriptor, length, position) {
  const fs = require('fs');
  const { Buffer } = require('buffer');
  if (descriptor.ahead !== undefined && position === null) {
    const { ahead } = descriptor;
    descriptor.ahead = ahead.length > length ? ahead.subarray(length) : undefined;
    return ahead.subarray(0, length);
  }
  const buffer = Buffer.allocUnsafe(length);
  let count;
  for (;;) {
    try {
      count = fs.readSync(descriptor.fd, buffer, 0, length, position);
      break;
    } catch (error) {
      // A pipe that other parts of the program have made non-blocking.
      if (error.code !== 'EAGAIN') throw error;
      require('internal/wasi/clock').sleep(5);
    }
  }
  return buffer.subarray(0, count);
}

function writeFrom(descriptor, bytes, position) {
  const fs = require('fs');
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + BigInt(written);
    try {
      written += fs.writeSync(descriptor.fd, bytes, written, bytes.length - written, at === null ? null : Number(at));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      require('internal/wasi/clock').sleep(1);
    }
  }
  return written;
}

module.exports = {
  fd_advise({ fds }, fd) {
    fds.get(fd);
  },
  fd_allocate({ fds }, fd, offset, length) {
    const descriptor = fds.having(fd, rights.FD_WRITE);
    const end = offset + length;
    if (statsOf(descriptor).size < end) require('fs').ftruncateSync(descriptor.fd, Number(end));
  },
  fd_close({ fds }, fd) {
    fds.remove(fd);
  },
  fd_datasync({ fds }, fd) {
    require('fs').fdatasyncSync(fds.get(fd).fd);
  },
  fd_sync({ fds }, fd) {
    require('fs').fsyncSync(fds.get(fd).fd);
  },
  fd_fdstat_get({ fds, memory }, fd, at) {
    const descriptor = fds.get(fd);
    memory.u64(at, 0);
    memory.u8(at, descriptor.type);
    memory.u16(at + 2, descriptor.flags);
    memory.u64(at + 8, descriptor.base);
    memory.u64(at + 16, descriptor.inheriting);
  },
  fd_fdstat_set_flags({ fds }, fd, flags) {
    fds.get(fd).flags = flags;
  },
  fd_fdstat_set_rights({ fds }, fd, base, inheriting) {
    const descriptor = fds.get(fd);
    // They can be given up only.
    if ((base & ~descriptor.base) !== 0n || (inheriting & ~descriptor.inheriting) !== 0n) throw fail('NOTCAPABLE');
    descriptor.base = base;
    descriptor.inheriting = inheriting;
  },
  fd_filestat_get({ fds, memory }, fd, at) {
    writeStats(memory, at, statsOf(fds.get(fd)));
  },
  fd_filestat_set_size({ fds }, fd, size) {
    require('fs').ftruncateSync(fds.having(fd, rights.FD_WRITE).fd, Number(size));
  },
  fd_filestat_set_times({ fds }, fd, atime, mtime, flags) {
    const descriptor = fds.get(fd);
    const { 0: access, 1: modification } = times(statsOf(descriptor), atime, mtime, flags);
    if (descriptor.path === undefined) require('fs').futimesSync(descriptor.fd, access, modification);
    else require('fs').utimesSync(descriptor.path, access, modification);
  },
  fd_pread({ fds, memory }, fd, at, count, offset, readAt) {
    const descriptor = fds.having(fd, rights.FD_READ);
    if (descriptor.type === fileTypes.DIRECTORY) throw fail('ISDIR');
    const bytes = readInto(descriptor, memory.capacity(at, count), Number(offset));
    memory.scatter(at, count, bytes);
    memory.u32(readAt, bytes.length);
  },
  fd_pwrite({ fds, memory }, fd, at, count, offset, writtenAt) {
    const descriptor = fds.having(fd, rights.FD_WRITE);
    memory.u32(writtenAt, writeFrom(descriptor, memory.gather(at, count), offset));
  },
  fd_read({ fds, memory }, fd, at, count, readAt) {
    const descriptor = fds.having(fd, rights.FD_READ);
    if (descriptor.type === fileTypes.DIRECTORY) throw fail('ISDIR');
    const bytes = readInto(descriptor, memory.capacity(at, count), descriptor.isSeekable ? Number(descriptor.position) : null);
    memory.scatter(at, count, bytes);
    if (descriptor.isSeekable) descriptor.position += BigInt(bytes.length);
    memory.u32(readAt, bytes.length);
  },
  fd_write({ fds, memory }, fd, at, count, writtenAt) {
    const descriptor = fds.having(fd, rights.FD_WRITE);
    const bytes = memory.gather(at, count);
    if (descriptor.isSeekable && (descriptor.flags & APPEND) !== 0) descriptor.position = statsOf(descriptor).size;
    const written = writeFrom(descriptor, bytes, descriptor.isSeekable ? descriptor.position : null);
    if (descriptor.isSeekable) descriptor.position += BigInt(written);
    memory.u32(writtenAt, written);
  },
  fd_renumber({ fds }, from, to) {
    fds.renumber(from, to);
  },
  fd_seek({ fds, memory }, fd, offset, whence, newAt) {
    const descriptor = fds.having(fd, rights.FD_SEEK);
    if (!descriptor.isSeekable) throw fail('SPIPE');
    let from;
    if (whence === 0) from = 0n;
    else if (whence === 1) from = descriptor.position;
    else if (whence === 2) from = statsOf(descriptor).size;
    else throw fail('INVAL');
    const position = from + BigInt.asIntN(64, offset);
    if (position < 0n) throw fail('INVAL');
    descriptor.position = position;
    memory.u64(newAt, position);
  },
  fd_tell({ fds, memory }, fd, at) {
    const descriptor = fds.having(fd, rights.FD_TELL);
    if (!descriptor.isSeekable) throw fail('SPIPE');
    memory.u64(at, descriptor.position);
  },
  readInto,
  times,
  writeStats,
};
