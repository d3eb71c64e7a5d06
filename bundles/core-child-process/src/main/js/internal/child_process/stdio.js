'use strict';

// The `stdio` option as one entry for each descriptor of the child: { type: 'pipe' | 'ignore' | 'ipc' | 'inherit' | 'fd', fd }.

const { codes } = require('internal/errors');

function fromName(name) {
  switch (name) {
    case 'ignore':
    case 'pipe':
    case 'overlapped':
    case 'inherit':
      return [name, name, name];
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('stdio', name);
  }
}

// The descriptor behind a number, a stream or a handle; undefined if there is none.
function descriptorOf(value) {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof value.fd === 'number' && value.fd >= 0) return value.fd;
  const handle = value._handle ?? value.handle;
  return typeof handle?.fd === 'number' && handle.fd >= 0 ? handle.fd : undefined;
}

function getValidStdio(stdio, sync) {
  if (typeof stdio === 'string') stdio = fromName(stdio);
  else if (!Array.isArray(stdio)) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  else stdio = stdio.slice();
  while (stdio.length < 3) stdio.push(undefined);
  let hasIpc = false;
  return stdio.map((value, i) => {
    value ??= i < 3 ? 'pipe' : 'ignore';
    if (value === 'ignore') return { type: 'ignore' };
    if (value === 'pipe' || value === 'overlapped' || (typeof value === 'number' && value < 0)) return { type: 'pipe' };
    if (value === 'ipc') {
      if (sync) throw new codes.ERR_IPC_SYNC_FORK();
      if (hasIpc) throw new codes.ERR_IPC_ONE_PIPE();
      hasIpc = true;
      return { type: 'ipc' };
    }
    if (value === 'inherit') return { type: 'inherit', fd: i };
    const fd = descriptorOf(value);
    if (fd !== undefined) return { type: typeof value === 'number' ? 'fd' : 'wrap', fd, stream: value };
    if (ArrayBuffer.isView(value) || typeof value === 'string') {
      if (!sync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('internal/util/inspect').inspect(value));
      return { type: 'pipe' };
    }
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', value);
  });
}

const kIgnore = -1;
const kPipe = -2;

// The entries as the binding wants them.
function descriptors(stdio) {
  return stdio.map(({ type, fd }) => {
    if (type === 'ignore') return kIgnore;
    return type === 'pipe' || type === 'ipc' ? kPipe : fd;
  });
}

// A default list for fork(), whose fourth entry is the channel.
function stdioStringToArray(stdio, channel) {
  const result = stdio === 'inherit' ? [0, 1, 2] : fromName(stdio);
  if (channel) result.push(channel);
  return result;
}

module.exports = { getValidStdio, descriptors, stdioStringToArray };
