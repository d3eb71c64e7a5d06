'use strict';

// The memory of an instance. Its buffer is another one after it has grown; what is read from files goes through a copy, as that buffer
// may be shared, or not Java's.

class GuestMemory {
  constructor(memory) {
    this.memory = memory;
    this.view = new DataView(memory.buffer);
  }

  current() {
    const { buffer } = this.memory;
    if (this.view.buffer !== buffer) this.view = new DataView(buffer);
    return this.view;
  }

  u8(at, value) { this.current().setUint8(at, value); }
  u16(at, value) { this.current().setUint16(at, value, true); }
  u32(at, value) { this.current().setUint32(at, value, true); }
  u64(at, value) { this.current().setBigUint64(at, BigInt(value), true); }
  getU8(at) { return this.current().getUint8(at); }
  getU16(at) { return this.current().getUint16(at, true); }
  getU32(at) { return this.current().getUint32(at, true); }
  getU64(at) { return this.current().getBigUint64(at, true); }

  bytes(at, length) {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  write(at, bytes) {
    this.bytes(at, bytes.length).set(bytes);
  }

  /** A copy outside of the memory. */
  read(at, length) {
    const { Buffer } = require('buffer');
    const copy = Buffer.alloc(length);
    copy.set(this.bytes(at, length));
    return copy;
  }

  string(at, length) {
    return this.read(at, length).utf8Slice();
  }

  /** The stretches of a vector of buffers: [address, length] each. */
  vector(at, count) {
    const stretches = [];
    for (let i = 0; i < count; i++) stretches.push([this.getU32(at + 8 * i), this.getU32(at + 8 * i + 4)]);
    return stretches;
  }

  gather(at, count) {
    const { Buffer } = require('buffer');
    return Buffer.concat(this.vector(at, count).map(({ 0: address, 1: length }) => this.read(address, length)));
  }

  /** Fills a vector with bytes, which are no more than it holds. */
  scatter(at, count, bytes) {
    let from = 0;
    for (const { 0: address, 1: length } of this.vector(at, count)) {
      const part = bytes.subarray(from, from + length);
      this.write(address, part);
      from += part.length;
    }
  }

  capacity(at, count) {
    let sum = 0;
    for (const { 1: length } of this.vector(at, count)) sum += length;
    return sum;
  }
}

module.exports = { GuestMemory };
