'use strict';

// Bytes that are known by their offset: 64 KiB that repeat, with a period that fits no chunk size.

const PERIOD = 65521;
const period = Buffer.alloc(PERIOD * 2 + 65536);
for (let i = 0; i < period.length; i++) period[i] = (i % PERIOD) * 31 >> 3;

/** A view of `length` bytes, 64 KiB at most, as they stand at `offset`. */
exports.pattern = (offset, length) => period.subarray(offset % PERIOD, offset % PERIOD + length);
