'use strict';

const { codes: { ERR_MISSING_OPTION } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { inspectable, setSlots, slots, webInterface } = require('internal/webstreams/common');

// One function for all instances of a class, as the standard has it.
function byteLength(chunk) {
  return chunk.byteLength;
}
Object.defineProperty(byteLength, 'name', { __proto__: null, value: 'size' });
const byteSize = byteLength;

const countSize = (() => {
  const size = () => 1;
  return size;
})();

function highWaterMarkOf(init) {
  validateObject(init, 'init');
  if (init.highWaterMark === undefined) throw new ERR_MISSING_OPTION('init.highWaterMark');
  return Number(init.highWaterMark);
}

class ByteLengthQueuingStrategy {
  constructor(init) {
    setSlots(this, ByteLengthQueuingStrategy, { highWaterMark: highWaterMarkOf(init) });
  }

  get highWaterMark() {
    return slots(this, ByteLengthQueuingStrategy).highWaterMark;
  }

  get size() {
    slots(this, ByteLengthQueuingStrategy);
    return byteSize;
  }
}

class CountQueuingStrategy {
  constructor(init) {
    setSlots(this, CountQueuingStrategy, { highWaterMark: highWaterMarkOf(init) });
  }

  get highWaterMark() {
    return slots(this, CountQueuingStrategy).highWaterMark;
  }

  get size() {
    slots(this, CountQueuingStrategy);
    return countSize;
  }
}

for (const Class of [ByteLengthQueuingStrategy, CountQueuingStrategy]) {
  webInterface(Class);
  inspectable(Class, function() { return { highWaterMark: this.highWaterMark }; });
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
