'use strict';

// The events of a run: an object stream that also emits each of them under its own name.

const { Readable } = require('stream');

class TestsStream extends Readable {
  constructor() {
    super({ __proto__: null, objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
    Object.defineProperty(this, 'held', { __proto__: null, value: [], enumerable: false });
    Object.defineProperty(this, 'wanted', { __proto__: null, value: true, writable: true, enumerable: false });
  }

  _read() {
    this.wanted = true;
    while (this.held.length > 0) {
      const each = this.held.shift();
      if (!this.push(each)) return;
    }
  }

  /** Tells who listens and who reads; null ends the stream. */
  tell(type, data) {
    if (type === null) {
      this.give(null);
      return;
    }
    this.emit(type, data);
    this.give({ type, data });
  }

  give(message) {
    if (this.held.length > 0 || !this.wanted) this.held.push(message);
    else if (!this.push(message)) this.wanted = false;
  }
}

module.exports = { TestsStream };
