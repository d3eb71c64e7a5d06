'use strict';

const { AbortError } = require('internal/errors');
const { kCustomPromisifiedSymbol, kEmptyObject } = require('internal/util');
const { validateAbortSignal } = require('internal/validators');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const { emitKeypressEvents } = require('internal/readline/emit-keypress');
const { Interface, cancelQuestion, kQuestion } = require('internal/readline/interface');

Interface.prototype.question = function question(query, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  if (options === null || typeof options !== 'object') options = kEmptyObject;
  const { signal } = options;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const onAbort = () => cancelQuestion(this);
    signal.addEventListener('abort', onAbort, { once: true });
    const answered = typeof callback === 'function' ? callback : () => {};
    callback = typeof callback === 'function' ? (answer) => {
      signal.removeEventListener('abort', onAbort);
      return answered(answer);
    } : callback;
  }
  if (typeof callback === 'function') this[kQuestion](query, callback);
};

Interface.prototype.question[kCustomPromisifiedSymbol] = function question(query, options) {
  if (options === null || typeof options !== 'object') options = kEmptyObject;
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let callback = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      callback = (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
    }
    this.question(query, options, callback);
  });
};

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
};
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('readline/promises'); },
});
