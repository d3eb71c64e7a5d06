'use strict';

// fd_prestat_..., fd_readdir and path_...: folders, and files by their names.

const { fail } = require('internal/wasi/errno');
const { Descriptor, fileTypes, rights, typeOf } = require('internal/wasi/descriptors');
const { resolvePath } = require('internal/wasi/paths');
const { times, writeStats } = require('internal/wasi/files');

const FOLLOW = 1;
const CREATE = 1;
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;
const APPEND = 1;
const SYNCHRONOUS = 2 | 8 | 16;
const DIRENT_SIZE = 24;

function pathOf({ fds, memory }, fd, at, length, follows) {
  return resolvePath(fds.directory(fd), memory.string(at, length), follows);
}

/** Names with their types and numbers, as they were when the listing began. */
function listing(directory) {
  const fs = require('fs');
  const { path } = directory;
  return ['.', '..', ...fs.readdirSync(path)].map((name) => {
    // What is above the guest's folder is not its business.
    const file = name === '..' ? path : `${path}/${name}`;
    try {
      const stats = fs.lstatSync(file, { bigint: true });
      return { name, type: typeOf(stats), ino: BigInt.asUintN(64, stats.ino) };
    } catch {
      return { name, type: fileTypes.UNKNOWN, ino: 0n };
    }
  });
}

function openFlags(oflags, fdflags, isReading, isWriting) {
  const { constants } = require('fs');
  let flags = isWriting ? (isReading ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  if (oflags & CREATE) flags |= constants.O_CREAT;
  if (oflags & EXCLUSIVE) flags |= constants.O_EXCL;
  if (oflags & TRUNCATE) flags |= constants.O_TRUNC;
  if (fdflags & APPEND) flags |= constants.O_APPEND;
  if (fdflags & SYNCHRONOUS) flags |= constants.O_SYNC;
  // Links have been followed; one that was put there since is not.
  return flags | constants.O_NOFOLLOW;
}

module.exports = {
  fd_prestat_get({ fds, memory }, fd, at) {
    const descriptor = fds.get(fd);
    if (!descriptor.isPreopen) throw fail('INVAL');
    memory.u32(at, 0);
    memory.u32(at + 4, require('buffer').Buffer.byteLength(descriptor.preopen.name));
  },
  fd_prestat_dir_name({ fds, memory }, fd, at, length) {
    const descriptor = fds.get(fd);
    if (!descriptor.isPreopen) throw fail('INVAL');
    const name = require('buffer').Buffer.from(descriptor.preopen.name);
    if (name.length > length) throw fail('NOBUFS');
    memory.write(at, name);
  },
  fd_readdir({ fds, memory }, fd, at, length, cookie, usedAt) {
    const directory = fds.directory(fd);
    if (cookie === 0n || directory.entries === undefined) directory.entries = listing(directory);
    const { Buffer } = require('buffer');
    const out = Buffer.alloc(length);
    let used = 0;
    // An entry that does not fit is cut off: the guest sees that by the whole length being used.
    for (let i = Number(cookie); i < directory.entries.length && used < length; i++) {
      const { name, type, ino } = directory.entries[i];
      const bytes = Buffer.from(name);
      const entry = Buffer.alloc(DIRENT_SIZE + bytes.length);
      entry.writeBigUInt64LE(BigInt(i + 1), 0);
      entry.writeBigUInt64LE(ino, 8);
      entry.writeUInt32LE(bytes.length, 16);
      entry.writeUInt8(type, 20);
      entry.set(bytes, DIRENT_SIZE);
      used += entry.copy(out, used);
    }
    memory.write(at, out.subarray(0, used));
    memory.u32(usedAt, used);
  },
  path_create_directory(guest, fd, at, length) {
    require('fs').mkdirSync(pathOf(guest, fd, at, length, false));
  },
  path_filestat_get(guest, fd, flags, at, length, statsAt) {
    const follows = (flags & FOLLOW) !== 0;
    writeStats(guest.memory, statsAt, require('fs').lstatSync(pathOf(guest, fd, at, length, follows), { bigint: true }));
  },
  path_filestat_set_times(guest, fd, flags, at, length, atime, mtime, which) {
    const path = pathOf(guest, fd, at, length, (flags & FOLLOW) !== 0);
    const fs = require('fs');
    const { 0: access, 1: modification } = times(fs.lstatSync(path, { bigint: true }), atime, mtime, which);
    fs.lutimesSync(path, access, modification);
  },
  path_link(guest, oldFd, oldFlags, oldAt, oldLength, newFd, newAt, newLength) {
    const old = pathOf(guest, oldFd, oldAt, oldLength, (oldFlags & FOLLOW) !== 0);
    require('fs').linkSync(old, pathOf(guest, newFd, newAt, newLength, false));
  },
  path_open(guest, fd, lookup, at, length, oflags, base, inheriting, fdflags, openedAt) {
    const { fds, memory } = guest;
    const directory = fds.directory(fd);
    if (((base | inheriting) & ~(directory.inheriting | directory.base)) !== 0n && directory.inheriting !== rights.ALL) throw fail('NOTCAPABLE');
    const path = pathOf(guest, fd, at, length, (lookup & FOLLOW) !== 0 && (oflags & EXCLUSIVE) === 0);
    const fs = require('fs');
    const there = fs.lstatSync(path, { throwIfNoEntry: false });
    if (there?.isSymbolicLink()) throw fail('LOOP');
    let made;
    if (there?.isDirectory()) {
      if (oflags & (TRUNCATE | EXCLUSIVE) || (base & rights.FD_WRITE && !(oflags & DIRECTORY) && !(base & rights.FD_READ))) {
        throw fail(oflags & EXCLUSIVE ? 'EXIST' : 'ISDIR');
      }
      made = new Descriptor(-1, fileTypes.DIRECTORY, base & rights.DIRECTORY, inheriting);
      made.path = path;
    } else {
      if (oflags & DIRECTORY) throw fail(there === undefined ? 'NOENT' : 'NOTDIR');
      const isWriting = (base & rights.FD_WRITE) !== 0n || (oflags & TRUNCATE) !== 0;
      const isReading = !isWriting || (base & rights.FD_READ) !== 0n;
      const host = fs.openSync(path, openFlags(oflags, fdflags, isReading, isWriting), 0o666);
      made = new Descriptor(host, typeOf(fs.fstatSync(host)), base, inheriting);
      made.flags = fdflags;
    }
    made.preopen = directory.preopen;
    memory.u32(openedAt, fds.add(made));
  },
  path_readlink(guest, fd, at, length, bufferAt, bufferLength, usedAt) {
    const link = require('buffer').Buffer.from(require('fs').readlinkSync(pathOf(guest, fd, at, length, false)));
    if (link.length > bufferLength) throw fail('NOBUFS');
    guest.memory.write(bufferAt, link);
    guest.memory.u32(usedAt, link.length);
  },
  path_remove_directory(guest, fd, at, length) {
    require('fs').rmdirSync(pathOf(guest, fd, at, length, false));
  },
  path_rename(guest, oldFd, oldAt, oldLength, newFd, newAt, newLength) {
    const old = pathOf(guest, oldFd, oldAt, oldLength, false);
    require('fs').renameSync(old, pathOf(guest, newFd, newAt, newLength, false));
  },
  path_symlink(guest, oldAt, oldLength, fd, newAt, newLength) {
    const target = guest.memory.string(oldAt, oldLength);
    // Nobody may leave the folder by a link that a guest has made.
    if (target.startsWith('/')) throw fail('NOTCAPABLE');
    require('fs').symlinkSync(target, pathOf(guest, fd, newAt, newLength, false));
  },
  path_unlink_file(guest, fd, at, length) {
    const path = pathOf(guest, fd, at, length, false);
    const fs = require('fs');
    if (fs.lstatSync(path).isDirectory()) throw fail('ISDIR');
    fs.unlinkSync(path);
  },
};
