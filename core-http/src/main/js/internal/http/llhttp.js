'use strict';

// The parser of responses behind the interface of llhttp's WebAssembly build, which undici drives: what the module imports (`env`) are the
// callbacks, what it exports works on a memory that the input is copied to. A callback gets no place in that memory: heads are not kept there.
// It takes `span()`, a Buffer, instead. As in WebAssembly all results are integers, and undefined is 0.

const { Buffer } = require('buffer');
const { COMPLETE, HTTPParser, KEEP_ALIVE, UPGRADE, splitFields } = require('internal/http/parser');

// The memory: a text that ends with NUL, then the input.
const REASON_AT = 8;
const INPUT_AT = 256;
// The caller has a limit of its own.
const MAX_HEADER_SIZE = 0x7fffffff;

function createLlhttp(env, errorNumbers) {
  const memory = { buffer: new ArrayBuffer(INPUT_AT) };
  const parsers = new Map();
  let bytes = new Uint8Array(memory.buffer);
  let lastPointer = 0;
  let current = null;

  /** Gives one part of a message to a callback. */
  function tell(parser, callback, content) {
    if (parser.stopped !== 0) return;
    current = content;
    const result = callback(parser.pointer, 0, content.length) | 0;
    if (result !== 0) stop(parser, result);
  }

  function stop(parser, result) {
    parser.stopped = result;
    // The callback may have freed it.
    if (parser._id !== 0) binding.suspend(parser._id);
  }

  function tellFields(parser, block) {
    const fields = splitFields(block);
    for (let i = 0; i < fields.length; i += 2) {
      tell(parser, env.wasm_on_header_field, Buffer.from(fields[i], 'latin1'));
      tell(parser, env.wasm_on_header_value, Buffer.from(fields[i + 1], 'latin1'));
    }
  }

  function tellComplete(parser) {
    if (parser.stopped !== 0) return;
    const result = env.wasm_on_message_complete(parser.pointer) | 0;
    if (result !== 0) stop(parser, result);
  }

  function onHead(flags, status, reason, block) {
    const begun = env.wasm_on_message_begin(this.pointer) | 0;
    if (begun !== 0) stop(this, begun);
    tell(this, env.wasm_on_status, Buffer.from(reason, 'latin1'));
    tellFields(this, block);
    if (this.stopped !== 0) return 0;
    const verdict = env.wasm_on_headers_complete(
      this.pointer, status, (flags & UPGRADE) !== 0 ? 1 : 0, (flags & KEEP_ALIVE) !== 0 ? 1 : 0) | 0;
    const ends = (flags & COMPLETE) !== 0;
    if (verdict === 2) this.upgraded = true;
    else if (verdict !== 0 && verdict !== 1) {
      stop(this, verdict);
      this.completes = ends;
      return 0;
    }
    if (ends) tellComplete(this);
    return verdict;
  }

  function onBody(chunk) {
    tell(this, env.wasm_on_body, chunk);
  }

  function onComplete(block) {
    tellFields(this, block);
    tellComplete(this);
  }

  function setError(parser, position, reason) {
    parser.position = position;
    bytes.set(Buffer.from(`${reason}\0`, 'latin1').subarray(0, INPUT_AT - REASON_AT), REASON_AT);
  }

  function run(parser, length) {
    if (parser.completes) {
      parser.completes = false;
      tellComplete(parser);
      if (parser.stopped !== 0) {
        parser.position = 0;
        return parser.stopped;
      }
    }
    const used = binding.execute(parser._id, bytes, INPUT_AT, length);
    if (typeof used !== 'number') {
      setError(parser, used[2], used[1]);
      return errorNumbers[used[0].slice('HPE_'.length)] ?? errorNumbers.INTERNAL;
    }
    setError(parser, used, '');
    if (parser.stopped !== 0) return parser.stopped;
    return parser.upgraded ? errorNumbers.PAUSED_UPGRADE : errorNumbers.OK;
  }

  const exports = {
    memory,
    malloc(size) {
      memory.buffer = new ArrayBuffer(INPUT_AT + size);
      bytes = new Uint8Array(memory.buffer);
      return INPUT_AT;
    },
    free() {},
    llhttp_alloc() {
      const parser = new HTTPParser();
      parser.initialize(HTTPParser.RESPONSE, null, MAX_HEADER_SIZE, HTTPParser.kLenientNone);
      parser.pointer = ++lastPointer;
      parser.stopped = 0;
      parser.position = 0;
      parser.upgraded = false;
      parser.completes = false;
      parser._onHead = onHead;
      parser._onBody = onBody;
      parser._onComplete = onComplete;
      parsers.set(parser.pointer, parser);
      return parser.pointer;
    },
    llhttp_free(pointer) {
      parsers.get(pointer).free();
      parsers.delete(pointer);
    },
    llhttp_execute(pointer, at, length) {
      return run(parsers.get(pointer), length);
    },
    llhttp_finish(pointer) {
      const parser = parsers.get(pointer);
      const result = binding.finish(parser._id);
      if (result === undefined || result === null) return errorNumbers.OK;
      setError(parser, 0, result[1]);
      return errorNumbers[result[0].slice('HPE_'.length)] ?? errorNumbers.INTERNAL;
    },
    llhttp_resume(pointer) {
      parsers.get(pointer).stopped = 0;
    },
    llhttp_get_error_pos(pointer) {
      return INPUT_AT + parsers.get(pointer).position;
    },
    llhttp_get_error_reason() {
      return REASON_AT;
    },
  };
  return { exports, span: () => current };
}

module.exports = { createLlhttp };
