'use strict';

// Checks in front of the binding for processes with --permission.

const { O_CREAT, O_RDWR, O_TRUNC, O_APPEND, O_WRONLY } = require('internal/fs/constants');
const { codes } = require('internal/errors');
const { denial, guard, refuseSymlink } = require('internal/permission');

const WRITES = O_WRONLY | O_RDWR | O_APPEND | O_CREAT | O_TRUNC;

function isPath(value) {
  return typeof value !== 'number';
}

const textOf = (path) => (typeof path === 'string' ? path : require('buffer').Buffer.from(path).toString());
const read = (path) => (isPath(path) ? denial('FileSystemRead', textOf(path)) : undefined);
const write = (path) => (isPath(path) ? denial('FileSystemWrite', textOf(path)) : undefined);

function opening(path, flags) {
  const error = (flags & O_WRONLY) === 0 ? read(path) : undefined;
  return error ?? ((flags & WRITES) === 0 ? undefined : write(path));
}

// A descriptor may have been opened for reading alone. Node.js refuses these even in an audit.
const disabled = (name) => () => (process.permission === undefined ? undefined : new codes.ERR_ACCESS_DENIED(`${name} API is disabled when Permission Model is enabled.`));

// Those of the asynchronous functions that throw in Node.js.
const throwing = new Set(['chmod', 'lutimes', 'mkdir', 'utimes', 'watch']);

function guardBinding(binding) {
  guard(binding, {
    access: read,
    chmod: write,
    chown: write,
    copyFile: (src, dest) => read(src) ?? write(dest),
    exists: read,
    fchmod: disabled('fchmod'),
    fchown: disabled('fchown'),
    fdatasync: disabled('fdatasync'),
    fsync: disabled('fsync'),
    futimes: disabled('futimes'),
    lchown: write,
    link: (existing, path) => read(existing) ?? write(existing) ?? write(path),
    lstat: read,
    lutimes: write,
    mkdir: write,
    mkdtemp: (prefix) => write(`${textOf(prefix)}XXXXXX`),
    open: opening,
    opendir: read,
    readFile: read,
    readdir: read,
    readlink: read,
    // fs.realpathSync, but not its native form, tells where any link leads: in Node.js too.
    realpath: (path, bytes, resolvesFirst, callback) => (resolvesFirst && callback === undefined ? undefined : read(path)),
    rename: (from, to) => read(from) ?? write(from) ?? write(to),
    rm: write,
    rmdir: write,
    stat: read,
    statfs: read,
    symlink: (target, path) => refuseSymlink(textOf(target), textOf(path)),
    unlink: write,
    utimes: write,
    watch: read,
    writeFile: write,
  }, throwing);
}

module.exports = { guardBinding };
