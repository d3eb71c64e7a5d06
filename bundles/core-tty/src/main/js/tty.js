'use strict';

const { Socket } = require('net');
const { TTY, openDescriptor } = require('internal/net/handle');
const { codes: { ERR_INVALID_FD, ERR_TTY_INIT_FAILED }, ErrnoException } = require('internal/errors');

const EINVAL = -22;

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && binding.isTerminal(fd);
}

function openTerminal(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
  const handle = binding.isTerminal(fd) ? openDescriptor(TTY, fd) : EINVAL;
  if (typeof handle === 'number') {
    throw new ERR_TTY_INIT_FAILED({
      errno: handle,
      code: handle === EINVAL ? 'EINVAL' : require('util').getSystemErrorName(handle),
      message: handle === EINVAL ? 'invalid argument' : require('util').getSystemErrorMessage(handle),
      syscall: 'uv_tty_init',
    });
  }
  return handle;
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  const handle = openTerminal(fd);
  Socket.call(this, { readableHighWaterMark: 0, handle, manualStart: true, ...options });
  this.fd = fd;
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, Socket.prototype);
Object.setPrototypeOf(ReadStream, Socket);

const rawTerminals = new Set();

function restoreTerminals() {
  for (const fd of rawTerminals) binding.restore(fd);
}

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const status = this._handle ? binding.setRawMode(this.fd, flag) : -9;
  if (status) {
    this.emit('error', new ErrnoException(status, 'setRawMode'));
    return this;
  }
  // A terminal outlives the process: it gets its modes back.
  if (flag) {
    if (rawTerminals.size === 0) process.on('exit', restoreTerminals);
    rawTerminals.add(this.fd);
  }
  this.isRaw = flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  const handle = openTerminal(fd);
  Socket.call(this, { fd, handle, manualStart: true });
  this.fd = fd;
  const size = binding.windowSize(fd);
  if (size !== undefined) {
    this.columns = size[0];
    this.rows = size[1];
  }
}
Object.setPrototypeOf(WriteStream.prototype, Socket.prototype);
Object.setPrototypeOf(WriteStream, Socket);

WriteStream.prototype.isTTY = true;

WriteStream.prototype.getColorDepth = function getColorDepth(env) {
  return require('internal/tty/colors').getColorDepth(env);
};

WriteStream.prototype.hasColors = function hasColors(count, env) {
  return require('internal/tty/colors').hasColors(count, env);
};

WriteStream.prototype._refreshSize = function() {
  const { columns, rows } = this;
  const size = binding.windowSize(this.fd);
  if (size === undefined) return;
  this.columns = size[0];
  this.rows = size[1];
  if (columns !== size[0] || rows !== size[1]) this.emit('resize');
};

WriteStream.prototype.cursorTo = function(x, y, callback) {
  return require('readline').cursorTo(this, x, y, callback);
};

WriteStream.prototype.moveCursor = function(dx, dy, callback) {
  return require('readline').moveCursor(this, dx, dy, callback);
};

WriteStream.prototype.clearLine = function(direction, callback) {
  return require('readline').clearLine(this, direction, callback);
};

WriteStream.prototype.clearScreenDown = function(callback) {
  return require('readline').clearScreenDown(this, callback);
};

WriteStream.prototype.getWindowSize = function() {
  return [this.columns, this.rows];
};

module.exports = { isatty, ReadStream, WriteStream };
