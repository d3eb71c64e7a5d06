'use strict';

// The lines above a stack that show where in a source an error comes from: place, source line, carets.

const runtime = require('internal/runtime');

const decorated = new WeakSet();

// While source maps are on: the place in the source that a file was made from.
let originalLocation;

function setOriginalLocation(find) {
  originalLocation = find;
}

// V8 marks the whole token of a syntax error, and the start of everything else; of a throw statement its keyword.
function arrow(error, location) {
  const original = originalLocation?.(location);
  if (original !== undefined) {
    return `${original.file}:${original.line}\n${original.sourceLine}\n${' '.repeat(original.column - 1)}^\n`;
  }
  const { file, line, sourceLine } = location;
  let before = sourceLine.slice(0, location.column - 1);
  let length = 1;
  if (error instanceof SyntaxError) {
    length = Math.max(1, Math.min(location.length, sourceLine.length - before.length));
  } else {
    const keyword = /\bthrow\s+$/.exec(before);
    if (keyword !== null) before = before.slice(0, keyword.index);
  }
  return `${file}:${line}\n${sourceLine}\n${before.replace(/[^\t]/g, ' ')}${'^'.repeat(length)}\n`;
}

/** Puts the lines into the stack of an error that is about to be thrown to the program, once. */
function decorate(error) {
  if (!runtime.types.isNativeError(error) || decorated.has(error) || !Object.isExtensible(error)) return error;
  const location = runtime.locate(error);
  const { stack } = error;
  if (location === undefined || typeof stack !== 'string') return error;
  decorated.add(error);
  Object.defineProperty(error, 'stack', {
    __proto__: null, value: `${arrow(error, location)}\n${stack}`, writable: true, enumerable: false, configurable: true,
  });
  return error;
}

/** The lines for an error that nobody caught, or nothing if its stack has them. */
function above(error, location) {
  if (location === undefined || (typeof error === 'object' && error !== null && decorated.has(error))) return '';
  return `${arrow(error, location)}\n`;
}

module.exports = { above, decorate, setOriginalLocation };
