'use strict';

// Reading and writing numbers: index arithmetic, because that is what compiles best. A byte outside of the buffer reads as
// undefined, so the first and last tell whether all are inside.

const { codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateNumber } = require('internal/validators');

const float32 = new Float32Array(1);
const float32Bytes = new Uint8Array(float32.buffer);
const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);

function failBounds(value, last, name = 'offset') {
  validateNumber(value, name);
  if (Math.floor(value) !== value) throw new ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (last < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  throw new ERR_OUT_OF_RANGE(name, `>= ${name === 'offset' ? 0 : 1} and <= ${last}`, value);
}

// The offset, if `size` bytes from there are inside.
function checkRange(buffer, offset, size) {
  validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + size - 1] === undefined) failBounds(offset, buffer.length - size);
}

function failValue(value, min, max, size) {
  const n = typeof min === 'bigint' ? 'n' : '';
  let range;
  if (size <= 4) range = `>= ${min}${n} and <= ${max}${n}`;
  else if (min === 0 || min === 0n) range = `>= 0${n} and < 2${n} ** ${size * 8}${n}`;
  else range = `>= -(2${n} ** ${size * 8 - 1}${n}) and < 2${n} ** ${size * 8 - 1}${n}`;
  throw new ERR_OUT_OF_RANGE('value', range, value);
}

function checkWrite(buffer, value, offset, size, min, max) {
  if (value > max || value < min) failValue(value, min, max, size);
  if (typeof offset !== 'number' || buffer[offset] === undefined || buffer[offset + size - 1] === undefined) {
    checkRange(buffer, offset, size);
  }
}

function checkByteLength(byteLength) {
  if (byteLength === undefined) validateNumber(byteLength, 'byteLength');
  if (!(byteLength >= 1 && byteLength <= 6) || Math.floor(byteLength) !== byteLength) {
    failBounds(byteLength, 6, 'byteLength');
  }
}

function readLE(buffer, offset, size) {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + buffer[offset + i];
  return value;
}

function readBE(buffer, offset, size) {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + buffer[offset + i];
  return value;
}

function signed(value, size) {
  const half = 2 ** (size * 8 - 1);
  return value >= half ? value - half * 2 : value;
}

function writeLE(buffer, value, offset, size) {
  for (let i = 0; i < size; i++) {
    buffer[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + size;
}

function writeBE(buffer, value, offset, size) {
  for (let i = size - 1; i >= 0; i--) {
    buffer[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + size;
}

function readBigLow(buffer, offset) {
  return (buffer[offset] | buffer[offset + 1] << 8 | buffer[offset + 2] << 16 | buffer[offset + 3] << 24) >>> 0;
}

function readBigHigh(buffer, offset) {
  return (buffer[offset] << 24 | buffer[offset + 1] << 16 | buffer[offset + 2] << 8 | buffer[offset + 3]) >>> 0;
}

function writeBig(buffer, value, offset, min, max, littleEndian) {
  if (value > max || value < min) failValue(value, min, max, 8);
  const low = Number(value & 0xffffffffn);
  const high = Number(value >> 32n & 0xffffffffn);
  checkRange(buffer, offset, 8);
  if (littleEndian) {
    put32LE(buffer, low, offset);
    put32LE(buffer, high, offset + 4);
  } else {
    put32BE(buffer, high, offset);
    put32BE(buffer, low, offset + 4);
  }
  return offset + 8;
}

function put32LE(buffer, value, offset) {
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  buffer[offset + 2] = value >>> 16;
  buffer[offset + 3] = value >>> 24;
}

function put32BE(buffer, value, offset) {
  buffer[offset] = value >>> 24;
  buffer[offset + 1] = value >>> 16;
  buffer[offset + 2] = value >>> 8;
  buffer[offset + 3] = value;
}

function readBytes(buffer, offset, bytes, reversed) {
  const size = bytes.length;
  checkRange(buffer, offset, size);
  for (let i = 0; i < size; i++) bytes[i] = buffer[offset + (reversed ? size - 1 - i : i)];
}

function writeBytes(buffer, offset, bytes, reversed) {
  const size = bytes.length;
  checkRange(buffer, offset, size);
  for (let i = 0; i < size; i++) buffer[offset + (reversed ? size - 1 - i : i)] = bytes[i];
  return offset + size;
}

const methods = {
  readBigUInt64LE(offset = 0) {
    checkRange(this, offset, 8);
    return BigInt(readBigLow(this, offset)) + (BigInt(readBigLow(this, offset + 4)) << 32n);
  },
  readBigUInt64BE(offset = 0) {
    checkRange(this, offset, 8);
    return (BigInt(readBigHigh(this, offset)) << 32n) + BigInt(readBigHigh(this, offset + 4));
  },
  readBigInt64LE(offset = 0) {
    checkRange(this, offset, 8);
    return (BigInt(readBigLow(this, offset + 4) | 0) << 32n) + BigInt(readBigLow(this, offset));
  },
  readBigInt64BE(offset = 0) {
    checkRange(this, offset, 8);
    return (BigInt(readBigHigh(this, offset) | 0) << 32n) + BigInt(readBigHigh(this, offset + 4));
  },
  writeBigUInt64LE(value, offset = 0) {
    return writeBig(this, value, offset, 0n, 0xffffffffffffffffn, true);
  },
  writeBigUInt64BE(value, offset = 0) {
    return writeBig(this, value, offset, 0n, 0xffffffffffffffffn, false);
  },
  writeBigInt64LE(value, offset = 0) {
    return writeBig(this, value, offset, -0x8000000000000000n, 0x7fffffffffffffffn, true);
  },
  writeBigInt64BE(value, offset = 0) {
    return writeBig(this, value, offset, -0x8000000000000000n, 0x7fffffffffffffffn, false);
  },

  readUIntLE(offset, byteLength) {
    if (offset === undefined) validateNumber(offset, 'offset');
    checkByteLength(byteLength);
    checkRange(this, offset, byteLength);
    return readLE(this, offset, byteLength);
  },
  readUInt32LE(offset = 0) {
    checkRange(this, offset, 4);
    return this[offset] + this[offset + 1] * 0x100 + this[offset + 2] * 0x10000 + this[offset + 3] * 0x1000000;
  },
  readUInt16LE(offset = 0) {
    checkRange(this, offset, 2);
    return this[offset] | this[offset + 1] << 8;
  },
  readUInt8(offset = 0) {
    checkRange(this, offset, 1);
    return this[offset];
  },
  readUIntBE(offset, byteLength) {
    if (offset === undefined) validateNumber(offset, 'offset');
    checkByteLength(byteLength);
    checkRange(this, offset, byteLength);
    return readBE(this, offset, byteLength);
  },
  readUInt32BE(offset = 0) {
    checkRange(this, offset, 4);
    return this[offset] * 0x1000000 + this[offset + 1] * 0x10000 + this[offset + 2] * 0x100 + this[offset + 3];
  },
  readUInt16BE(offset = 0) {
    checkRange(this, offset, 2);
    return this[offset] << 8 | this[offset + 1];
  },
  readIntLE(offset, byteLength) {
    if (offset === undefined) validateNumber(offset, 'offset');
    checkByteLength(byteLength);
    checkRange(this, offset, byteLength);
    return signed(readLE(this, offset, byteLength), byteLength);
  },
  readInt32LE(offset = 0) {
    checkRange(this, offset, 4);
    return this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24;
  },
  readInt16LE(offset = 0) {
    checkRange(this, offset, 2);
    return (this[offset] | this[offset + 1] << 8) << 16 >> 16;
  },
  readInt8(offset = 0) {
    checkRange(this, offset, 1);
    return this[offset] << 24 >> 24;
  },
  readIntBE(offset, byteLength) {
    if (offset === undefined) validateNumber(offset, 'offset');
    checkByteLength(byteLength);
    checkRange(this, offset, byteLength);
    return signed(readBE(this, offset, byteLength), byteLength);
  },
  readInt32BE(offset = 0) {
    checkRange(this, offset, 4);
    return this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3];
  },
  readInt16BE(offset = 0) {
    checkRange(this, offset, 2);
    return (this[offset] << 8 | this[offset + 1]) << 16 >> 16;
  },

  writeUIntLE(value, offset, byteLength) {
    checkByteLength(byteLength);
    value = +value;
    checkWrite(this, value, offset, byteLength, 0, 2 ** (byteLength * 8) - 1);
    return writeLE(this, value, offset, byteLength);
  },
  writeUInt32LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 4, 0, 0xffffffff);
    put32LE(this, value, offset);
    return offset + 4;
  },
  writeUInt16LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 2, 0, 0xffff);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },
  writeUInt8(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 1, 0, 0xff);
    this[offset] = value;
    return offset + 1;
  },
  writeUIntBE(value, offset, byteLength) {
    checkByteLength(byteLength);
    value = +value;
    checkWrite(this, value, offset, byteLength, 0, 2 ** (byteLength * 8) - 1);
    return writeBE(this, value, offset, byteLength);
  },
  writeUInt32BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 4, 0, 0xffffffff);
    put32BE(this, value, offset);
    return offset + 4;
  },
  writeUInt16BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 2, 0, 0xffff);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },
  writeIntLE(value, offset, byteLength) {
    checkByteLength(byteLength);
    value = +value;
    const half = 2 ** (byteLength * 8 - 1);
    checkWrite(this, value, offset, byteLength, -half, half - 1);
    return writeLE(this, value, offset, byteLength);
  },
  writeInt32LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 4, -0x80000000, 0x7fffffff);
    put32LE(this, value, offset);
    return offset + 4;
  },
  writeInt16LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 2, -0x8000, 0x7fff);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },
  writeInt8(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 1, -0x80, 0x7f);
    this[offset] = value;
    return offset + 1;
  },
  writeIntBE(value, offset, byteLength) {
    checkByteLength(byteLength);
    value = +value;
    const half = 2 ** (byteLength * 8 - 1);
    checkWrite(this, value, offset, byteLength, -half, half - 1);
    return writeBE(this, value, offset, byteLength);
  },
  writeInt32BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 4, -0x80000000, 0x7fffffff);
    put32BE(this, value, offset);
    return offset + 4;
  },
  writeInt16BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, offset, 2, -0x8000, 0x7fff);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },

  readFloatLE(offset = 0) {
    readBytes(this, offset, float32Bytes, false);
    return float32[0];
  },
  readFloatBE(offset = 0) {
    readBytes(this, offset, float32Bytes, true);
    return float32[0];
  },
  readDoubleLE(offset = 0) {
    readBytes(this, offset, float64Bytes, false);
    return float64[0];
  },
  readDoubleBE(offset = 0) {
    readBytes(this, offset, float64Bytes, true);
    return float64[0];
  },
  writeFloatLE(value, offset = 0) {
    float32[0] = value;
    return writeBytes(this, offset, float32Bytes, false);
  },
  writeFloatBE(value, offset = 0) {
    float32[0] = value;
    return writeBytes(this, offset, float32Bytes, true);
  },
  writeDoubleLE(value, offset = 0) {
    float64[0] = value;
    return writeBytes(this, offset, float64Bytes, false);
  },
  writeDoubleBE(value, offset = 0) {
    float64[0] = value;
    return writeBytes(this, offset, float64Bytes, true);
  },
};

// Adds the methods, and the same ones under their names with 'Uint'.
function install(prototype) {
  for (const name of Object.keys(methods)) {
    prototype[name] = methods[name];
    if (name.includes('UInt')) prototype[name.replace('UInt', 'Uint')] = methods[name];
  }
}

module.exports = { install };
