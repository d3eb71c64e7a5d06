'use strict';

// Arguments, environment, chance, and what has no meaning here.

const { fail } = require('internal/wasi/errno');

const RANDOM_CHUNK = 65536;

/** Strings of C and the pointers to them. */
function writeStrings(memory, strings, pointersAt, at) {
  const { Buffer } = require('buffer');
  for (const string of strings) {
    const bytes = Buffer.from(`${string}\0`);
    memory.u32(pointersAt, at);
    memory.write(at, bytes);
    pointersAt += 4;
    at += bytes.length;
  }
}

function writeSizes(memory, strings, countAt, sizeAt) {
  const { Buffer } = require('buffer');
  memory.u32(countAt, strings.length);
  memory.u32(sizeAt, strings.reduce((sum, string) => sum + Buffer.byteLength(string) + 1, 0));
}

module.exports = {
  args_get({ memory, args }, pointersAt, at) {
    writeStrings(memory, args, pointersAt, at);
  },
  args_sizes_get({ memory, args }, countAt, sizeAt) {
    writeSizes(memory, args, countAt, sizeAt);
  },
  environ_get({ memory, env }, pointersAt, at) {
    writeStrings(memory, env, pointersAt, at);
  },
  environ_sizes_get({ memory, env }, countAt, sizeAt) {
    writeSizes(memory, env, countAt, sizeAt);
  },
  random_get({ memory }, at, length) {
    const { webcrypto } = require('crypto');
    for (let done = 0; done < length; done += RANDOM_CHUNK) {
      memory.write(at + done, webcrypto.getRandomValues(new Uint8Array(Math.min(RANDOM_CHUNK, length - done))));
    }
  },
  sched_yield() {},
  proc_raise(guest, signal) {
    throw fail('NOSYS');
  },
  sock_accept({ fds }, fd) {
    fds.get(fd);
    throw fail('NOTSOCK');
  },
  sock_recv({ fds }, fd) {
    fds.get(fd);
    throw fail('NOTSOCK');
  },
  sock_send({ fds }, fd) {
    fds.get(fd);
    throw fail('NOTSOCK');
  },
  sock_shutdown({ fds }, fd) {
    fds.get(fd);
    throw fail('NOTSOCK');
  },
};
