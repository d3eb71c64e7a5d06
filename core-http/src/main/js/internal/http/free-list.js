'use strict';

/** Objects that are used again instead of made anew. */
class FreeList {
  constructor(name, max, ctor) {
    this.name = name;
    this.ctor = ctor;
    this.max = max;
    this.list = [];
  }

  alloc() {
    return this.list.length > 0 ? this.list.pop() : Reflect.apply(this.ctor, this, arguments);
  }

  /** Whether there was room for it. */
  free(item) {
    if (this.list.length >= this.max) return false;
    this.list.push(item);
    return true;
  }
}

module.exports = { FreeList };
