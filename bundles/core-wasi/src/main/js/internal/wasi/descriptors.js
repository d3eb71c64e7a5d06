'use strict';

// Descriptors of a guest: numbers of its own for folders and files of the host.

const { fail, initializationError } = require('internal/wasi/errno');

const fileTypes = { __proto__: null, UNKNOWN: 0, BLOCK: 1, CHARACTER: 2, DIRECTORY: 3, REGULAR: 4, DATAGRAM: 5, STREAM: 6, LINK: 7 };

/** Rights by the bits of the specification. */
const rights = {
  __proto__: null,
  FD_READ: 1n << 1n,
  FD_SEEK: 1n << 2n,
  FD_TELL: 1n << 5n,
  FD_WRITE: 1n << 6n,
  FILE: 0x8E001FFn | (1n << 21n) | (1n << 22n) | (1n << 23n),
  DIRECTORY: 0xFBFFE00n | (1n << 4n) | (1n << 8n),
  ALL: (1n << 30n) - 1n,
};

function typeOf(stats) {
  if (stats.isFile()) return fileTypes.REGULAR;
  if (stats.isDirectory()) return fileTypes.DIRECTORY;
  if (stats.isSymbolicLink()) return fileTypes.LINK;
  if (stats.isCharacterDevice()) return fileTypes.CHARACTER;
  if (stats.isBlockDevice()) return fileTypes.BLOCK;
  return stats.isSocket() || stats.isFIFO() ? fileTypes.STREAM : fileTypes.UNKNOWN;
}

class Descriptor {
  constructor(fd, type, base, inheriting) {
    this.fd = fd; // the host's
    this.type = type;
    this.base = base; // rights
    this.inheriting = inheriting;
    this.flags = 0;
    this.position = 0n; // of regular files: the host's own is not moved
    this.path = undefined; // of folders
    this.preopen = undefined; // { name, root }: the folder given to the guest that it lies in
    this.isPreopen = false;
    this.isStandard = false; // not the guest's to close
    this.ahead = undefined; // bytes that poll_oneoff has read
    this.entries = undefined; // of a folder that is being listed
  }

  get isSeekable() {
    return this.type === fileTypes.REGULAR && !this.isStandard;
  }
}

class DescriptorTable {
  constructor(standard, preopens) {
    this.table = new Map();
    const fs = require('fs');
    standard.forEach((fd, i) => {
      let type = fileTypes.UNKNOWN;
      try {
        type = typeOf(fs.fstatSync(fd));
      } catch {
        // A closed one: what uses it will say so.
      }
      const made = new Descriptor(fd, type, rights.ALL & ~(rights.FD_SEEK | rights.FD_TELL), 0n);
      made.isStandard = true;
      this.table.set(i, made);
    });
    for (const name of Object.keys(preopens)) {
      try {
        const root = fs.realpathSync(`${preopens[name]}`);
        if (!fs.statSync(root).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
        const made = new Descriptor(-1, fileTypes.DIRECTORY, rights.DIRECTORY, rights.ALL);
        made.path = root;
        made.preopen = { name, root };
        made.isPreopen = true;
        this.add(made);
      } catch (error) {
        throw initializationError(error);
      }
    }
  }

  add(descriptor) {
    let number = 0;
    while (this.table.has(number)) number++;
    this.table.set(number, descriptor);
    return number;
  }

  get(number) {
    const descriptor = this.table.get(number);
    if (descriptor === undefined) throw fail('BADF');
    return descriptor;
  }

  /** One that may be used for what needs these rights. */
  having(number, needed) {
    const descriptor = this.get(number);
    if ((descriptor.base & needed) !== needed) throw fail('NOTCAPABLE');
    return descriptor;
  }

  directory(number) {
    const descriptor = this.get(number);
    if (descriptor.type !== fileTypes.DIRECTORY) throw fail('NOTDIR');
    return descriptor;
  }

  remove(number) {
    const descriptor = this.get(number);
    this.table.delete(number);
    if (descriptor.fd >= 0 && !descriptor.isStandard) require('fs').closeSync(descriptor.fd);
  }

  renumber(from, to) {
    const descriptor = this.get(from);
    this.get(to);
    if (from === to) return;
    this.remove(to);
    this.table.delete(from);
    this.table.set(to, descriptor);
  }
}

module.exports = { Descriptor, DescriptorTable, fileTypes, rights, typeOf };
