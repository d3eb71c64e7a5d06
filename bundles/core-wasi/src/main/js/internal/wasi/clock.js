'use strict';

// Clocks, and waiting for them or for descriptors.

const { errno, fail } = require('internal/wasi/errno');
const { fileTypes, rights } = require('internal/wasi/descriptors');
const { readInto } = require('internal/wasi/files');

const REALTIME = 0;
const MONOTONIC = 1;
const PROCESS_CPU = 2;
const THREAD_CPU = 3;
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;
const CLOCK = 0;
const FD_READ = 1;
const FD_WRITE = 2;
const ABSOLUTE = 1;
const HANGUP = 1;
const CHUNK = 65536;

function now(clock) {
  switch (clock) {
    case REALTIME: {
      const { performance } = require('perf_hooks');
      return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e3)) * 1000n;
    }
    case MONOTONIC: return process.hrtime.bigint();
    case PROCESS_CPU:
    case THREAD_CPU: {
      const { user, system } = process.cpuUsage();
      return BigInt(user + system) * 1000n;
    }
  }
  throw fail('INVAL');
}

function sleep(millis) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}

/** What a descriptor has to say now; standard input is read ahead, which waits for it. */
function eventOf({ fds }, type, fd) {
  let descriptor;
  try {
    descriptor = fds.having(fd, type === FD_READ ? rights.FD_READ : rights.FD_WRITE);
  } catch (failure) {
    return { error: failure.number };
  }
  if (type === FD_READ && (descriptor.type === fileTypes.STREAM || descriptor.type === fileTypes.CHARACTER)) {
    if (descriptor.ahead === undefined) {
      const bytes = readInto(descriptor, CHUNK, null);
      if (bytes.length === 0) return { error: 0, flags: HANGUP };
      descriptor.ahead = bytes;
    }
    return { error: 0, bytes: descriptor.ahead.length };
  }
  return { error: 0 };
}

module.exports = {
  sleep,
  clock_res_get({ memory }, clock, at) {
    if (clock < REALTIME || clock > THREAD_CPU) throw fail('INVAL');
    memory.u64(at, clock === MONOTONIC ? 1 : 1000);
  },
  clock_time_get({ memory }, clock, precision, at) {
    memory.u64(at, now(clock));
  },
  poll_oneoff(guest, inAt, outAt, count, countAt) {
    const { memory } = guest;
    if (count === 0) throw fail('INVAL');
    const events = [];
    const clocks = [];
    for (let i = 0; i < count; i++) {
      const at = inAt + i * SUBSCRIPTION_SIZE;
      const userdata = memory.getU64(at);
      const type = memory.getU8(at + 8);
      if (type === CLOCK) {
        const clock = memory.getU32(at + 16);
        const timeout = memory.getU64(at + 24);
        const isAbsolute = (memory.getU16(at + 40) & ABSOLUTE) !== 0;
        const wait = isAbsolute ? timeout - now(clock) : timeout;
        clocks.push({ userdata, type, wait: wait < 0n ? 0n : wait });
      } else if (type === FD_READ || type === FD_WRITE) {
        events.push({ userdata, type, ...eventOf(guest, type, memory.getU32(at + 16)) });
      } else {
        throw fail('INVAL');
      }
    }
    if (events.length === 0) {
      const shortest = clocks.reduce((least, { wait }) => (wait < least ? wait : least), clocks[0].wait);
      if (shortest > 0n) sleep(Math.ceil(Number(shortest) / 1e6));
      for (const { userdata, type, wait } of clocks) if (wait <= shortest) events.push({ userdata, type, error: errno.SUCCESS });
    }
    events.forEach(({ userdata, type, error, bytes, flags }, i) => {
      const at = outAt + i * EVENT_SIZE;
      memory.u64(at, userdata);
      memory.u64(at + 8, 0);
      memory.u16(at + 8, error);
      memory.u8(at + 10, type);
      memory.u64(at + 16, bytes ?? 0);
      memory.u64(at + 24, flags ?? 0);
    });
    memory.u32(countAt, events.length);
  },
};
