'use strict';

// respondWithFile() and respondWithFD(): a file as the body of a response.

const fs = require('fs');
const {
  codes: { ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_SEND_FILE, ERR_HTTP2_SEND_FILE_NOSEEK },
} = require('internal/errors');
const { kState } = require('internal/http2/state');

// Where a file goes wrong before the response: the application decides, else the stream ends with the error.
function failed(stream, error, options) {
  if (options.onError !== undefined) options.onError(error);
  else stream.destroy(error);
}

function close(file) {
  if (typeof file === 'number') fs.close(file, () => {});
  else file.close().catch(() => {});
}

function respondWithPath(stream, path, headers, options) {
  fs.open(path, 'r', 0o666, (error, fd) => {
    if (error) {
      failed(stream, error, options);
      return;
    }
    if (stream.destroyed || stream.closed) {
      close(fd);
      stream.destroy(new ERR_HTTP2_INVALID_STREAM());
      return;
    }
    fs.fstat(fd, (statError, stat) => afterStat(stream, fd, true, statError, stat, headers, options));
  });
}

function respondWithDescriptor(stream, file, headers, options) {
  const fd = typeof file === 'number' ? file : file.fd;
  if (options.statCheck !== undefined) {
    fs.fstat(fd, (error, stat) => {
      if (error) {
        stream.destroy(error);
        return;
      }
      afterStat(stream, fd, false, null, stat, headers, options);
    });
    return;
  }
  send(stream, fd, false, headers, options, options.offset >= 0 ? options.offset : undefined, options.length);
}

function afterStat(stream, fd, owned, error, stat, headers, options) {
  const give = () => {
    if (owned) close(fd);
  };
  if (error) {
    give();
    failed(stream, error, options);
    return;
  }
  if (owned && !stat.isFile()) {
    const isDirectory = stat.isDirectory();
    if (isDirectory || options.offset !== undefined || options.offset > 0 || options.length !== undefined || options.length >= 0) {
      const problem = isDirectory ? new ERR_HTTP2_SEND_FILE() : new ERR_HTTP2_SEND_FILE_NOSEEK();
      give();
      failed(stream, problem, options);
      return;
    }
  }
  if (stream.destroyed || stream.closed) {
    give();
    return;
  }
  const range = {
    offset: options.offset !== undefined ? options.offset : 0,
    length: options.length !== undefined ? options.length : -1,
  };
  if (typeof options.statCheck === 'function' &&
      (Reflect.apply(options.statCheck, stream, [stat, headers, range]) === false || stream.headersSent)) {
    give();
    return;
  }
  if (stat.isFile()) {
    const size = stat.size;
    range.length = range.length < 0 ? Math.max(0, size - range.offset) : Math.min(range.length, Math.max(0, size - range.offset));
    headers['content-length'] = range.length;
  }
  send(stream, fd, owned, headers, options, stat.isFile() ? range.offset : undefined, range.length);
}

function send(stream, fd, owned, headers, options, offset, length) {
  stream[kState].fd = fd;
  stream._respondWith(headers, { waitForTrailers: options.waitForTrailers });
  if (stream.destroyed) {
    if (owned) close(fd);
    return;
  }
  if (length === 0) {
    if (owned) close(fd);
    stream.end();
    return;
  }
  const source = fs.createReadStream(null, {
    fd, autoClose: owned, emitClose: false, start: offset, end: length > 0 ? (offset ?? 0) + length - 1 : undefined,
  });
  source.on('error', (error) => stream.destroy(error));
  stream.on('close', () => source.destroy());
  source.pipe(stream);
}

module.exports = { respondWithDescriptor, respondWithPath };
