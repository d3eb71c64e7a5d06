'use strict';

// Events between the process of a test file and its parent: on standard output, each with a mark, its length and v8's serialization.

const { Buffer } = require('buffer');
const { isNativeError } = require('internal/util/types');

const MARK = Buffer.from([0xff, 0x0f, 0x6e, 0x74]); // No UTF-8 text has 0xff.
const HEADER = MARK.length + 4;
const ERROR_FIELDS = ['code', 'failureType', 'operator', 'generatedMessage', 'diff', 'actual', 'expected'];

/** An error as data, as its class and its hidden properties would be lost. */
function pack(value, depth = 0) {
  if (!isNativeError(value) || depth > 8) return { value: cloneable(value) };
  const fields = {};
  for (const key of Object.keys(value)) if (key !== 'cause') fields[key] = cloneable(value[key]);
  for (const key of ERROR_FIELDS) if (value[key] !== undefined) fields[key] = cloneable(value[key]);
  const packed = { name: String(value.name), message: String(value.message), stack: String(value.stack), fields };
  packed.constructorName = value.constructor?.name;
  if ('cause' in value) packed.cause = pack(value.cause, depth + 1);
  return packed;
}

function cloneable(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) return value;
  try {
    if (value[Symbol.for('nodejs.util.inspect.custom')] === undefined) return structuredCloneOf(value);
  } catch {
    // Then its text.
  }
  return { shown: require('internal/util/inspect').inspect(value) };
}

function structuredCloneOf(value) {
  require('v8').serialize(value);
  return value;
}

const bases = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** Text that stands for what could not be sent. */
class Shown {
  constructor(text) {
    this.text = text;
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { __proto__: null, value: () => text });
  }

  toString() {
    return this.text;
  }
}

function unpackValue(value) {
  return value !== null && typeof value === 'object' && typeof value.shown === 'string' && Object.keys(value).length === 1 ?
    new Shown(value.shown) : value;
}

function unpack(packed) {
  if ('value' in packed) return unpackValue(packed.value);
  const Base = bases[packed.constructorName] ?? Error;
  const error = Object.create(Base.prototype);
  const real = new Base(packed.message);
  Object.setPrototypeOf(real, Object.getPrototypeOf(error));
  define(real, 'stack', packed.stack);
  if (packed.name !== real.name) define(real, 'name', packed.name);
  for (const [key, value] of Object.entries(packed.fields)) real[key] = unpackValue(value);
  if (packed.cause !== undefined) {
    const cause = unpack(packed.cause);
    if (packed.fields.failureType !== undefined) real.cause = cause;
    else define(real, 'cause', cause);
  }
  return real;
}

function define(error, name, value) {
  Object.defineProperty(error, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function encode({ type, data }) {
  const plain = { ...data };
  if (plain.details?.error !== undefined) plain.details = { ...plain.details, error: undefined, packed: pack(plain.details.error) };
  const body = require('v8').serialize({ type, data: plain });
  const header = Buffer.alloc(HEADER);
  MARK.copy(header);
  header.writeUInt32BE(body.length, MARK.length);
  return Buffer.concat([header, body]);
}

async function* wireReporter(source) {
  for await (const event of source) yield encode(event);
}

/** Takes the pieces of a child's output apart: `onEvent` and `onText` are called in their order. */
class WireReader {
  constructor(onEvent, onText) {
    this.rest = Buffer.alloc(0);
    this.onEvent = onEvent;
    this.onText = onText;
    this.decoder = new (require('string_decoder').StringDecoder)('utf8');
  }

  write(chunk) {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      const at = this.rest.indexOf(MARK);
      if (at === -1) {
        // The start of a mark may be at the end.
        const last = this.rest.lastIndexOf(0xff);
        const keep = last !== -1 && this.rest.length - last < MARK.length ? this.rest.length - last : 0;
        this.text(this.rest.subarray(0, this.rest.length - keep));
        this.rest = this.rest.subarray(this.rest.length - keep);
        return;
      }
      this.text(this.rest.subarray(0, at));
      this.rest = this.rest.subarray(at);
      if (this.rest.length < HEADER) return;
      const length = this.rest.readUInt32BE(MARK.length);
      if (this.rest.length < HEADER + length) return;
      const body = this.rest.subarray(HEADER, HEADER + length);
      this.rest = this.rest.subarray(HEADER + length);
      const event = require('v8').deserialize(body);
      const { details } = event.data;
      if (details?.packed !== undefined) {
        details.error = unpack(details.packed);
        delete details.packed;
      }
      this.onEvent(event);
    }
  }

  text(bytes) {
    if (bytes.length > 0) this.onText(this.decoder.write(bytes));
  }

  end() {
    if (this.rest.length > 0) this.text(this.rest);
    this.rest = Buffer.alloc(0);
    const last = this.decoder.end();
    if (last) this.onText(last);
  }
}

module.exports = { WireReader, wireReporter };
