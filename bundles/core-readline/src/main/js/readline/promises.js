'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');
const {
  CLEAR_SCREEN_DOWN, clearLineSequence, cursorToSequence, moveCursorSequence,
} = require('internal/readline/cursor');
const {
  Interface: BaseInterface, cancelQuestion, kAwaitsCompletion, kQuestion,
} = require('internal/readline/interface');

const kState = stateSymbol('readline.promises.Readline');

class Interface extends BaseInterface {
  question(query, options = kEmptyObject) {
    return new Promise((resolve, reject) => {
      let callback = resolve;
      const { signal } = options ?? kEmptyObject;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          cancelQuestion(this);
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        const { addAbortListener } = require('events');
        const listener = addAbortListener(signal, onAbort);
        callback = (answer) => {
          listener[Symbol.dispose]();
          resolve(answer);
        };
      }
      this[kQuestion](query, callback);
    });
  }
}

Object.defineProperty(Interface.prototype, kAwaitsCompletion, { __proto__: null, value: true });

/** Collects cursor movements, to be written at once. */
class Readline {
  constructor(stream, options = undefined) {
    const { isWritable } = require('stream');
    if (stream === null || typeof stream !== 'object' || isWritable(stream) === null ||
        typeof stream.write !== 'function' || typeof stream.on !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    }
    let autoCommit = false;
    if (options?.autoCommit !== null && options?.autoCommit !== undefined) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      ({ autoCommit } = options);
    }
    Object.defineProperty(this, kState, { __proto__: null, value: { stream, autoCommit, pending: [] } });
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== null && y !== undefined) validateInteger(y, 'y');
    return add(this, cursorToSequence(x, y === null ? undefined : y));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      return add(this, moveCursorSequence(dx, dy));
    }
    return this;
  }

  clearLine(direction) {
    validateInteger(direction, 'dir', -1, 1);
    return add(this, clearLineSequence(direction));
  }

  clearScreenDown() {
    return add(this, CLEAR_SCREEN_DOWN);
  }

  commit() {
    const state = this[kState];
    return new Promise((resolve) => {
      state.stream.write(state.pending.join(''), resolve);
      state.pending = [];
    });
  }

  rollback() {
    this[kState].pending = [];
    return this;
  }
}

function add(readline, data) {
  const { autoCommit, pending, stream } = readline[kState];
  if (autoCommit) process.nextTick(() => stream.write(data));
  else pending.push(data);
  return readline;
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
