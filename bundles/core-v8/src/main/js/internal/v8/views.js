'use strict';

// How DefaultSerializer numbers the kinds of views.

const { Buffer } = require('buffer');

const viewTypes = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  DataView, Buffer, BigInt64Array, BigUint64Array, Float16Array];
const BUFFER = viewTypes.indexOf(Buffer);

const kindOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array).prototype, Symbol.toStringTag).get;
const byName = new Map(viewTypes.map((type, index) => [type.name, index]));

function indexOfView(view) {
  if (Buffer.isBuffer(view)) return BUFFER;
  return byName.get(kindOf.call(view) ?? 'DataView') ?? -1;
}

module.exports = { BUFFER, indexOfView, viewTypes };
