'use strict';

// How an error is shown: without the frames of the REPL, under "Uncaught".

const { isNativeError } = require('internal/util/types');

/** Leaves the frames of what was typed; of those the last is the line itself. */
function trimStack(stack) {
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => /^ {4}at /.test(line));
  if (first === -1) return stack;
  const frames = lines.slice(first);
  let end = frames.findIndex((line) => /node:(internal\/)?(vm|repl)\b|node:internal\/repl\//.test(line));
  if (end === -1) return stack;
  if (end > 0 && /^ {4}at (async )?REPL\d+:\d+:\d+$/.test(frames[end - 1])) end--;
  return [...lines.slice(0, first), ...frames.slice(0, end)].join('\n');
}

function prepare(error) {
  if (!isError(error) || typeof error.stack !== 'string') return;
  let { stack } = error;
  if (error.name === 'SyntaxError') {
    stack = stack.replace(/^REPL\d+:\d+\r?\n/, '').replace(/^\s+at\s.*\n?/gm, '').replace(/\n$/, '');
  } else {
    stack = trimStack(stack);
  }
  try {
    Object.defineProperty(error, 'stack', { __proto__: null, value: stack, writable: true, enumerable: false, configurable: true });
  } catch {
    // A frozen error keeps its frames.
  }
}

function isError(value) {
  return isNativeError(value) || value instanceof Error;
}

/** The text for an error that was thrown by what was typed, or later by what that has started. */
function describe(server, error) {
  prepare(error);
  let text = '';
  if (isError(error) && error.name === 'SyntaxError' && Object.keys(error).length === 0) text = error.stack;
  if (text === '') text = server.writer(error);
  // An error without frames is shown in brackets elsewhere.
  if (text.startsWith('[') && text.endsWith(']')) text = text.slice(1, -1);
  let isMarked = false;
  const lines = text.split(/(?<=\n)/);
  let result = '';
  for (const line of lines) {
    if (!isMarked && /^\[?([A-Z][a-z0-9_]*)*Error/.test(line)) {
      result += (server.writer.options?.breakLength ?? 80) >= line.length ? `Uncaught ${line}` : `Uncaught:\n${line}`;
      isMarked = true;
    } else {
      result += line;
    }
  }
  if (!isMarked) result = `Uncaught${lines.length === 1 ? ' ' : ':\n'}${result}`;
  return result.endsWith('\n') ? result : `${result}\n`;
}

module.exports = { describe };
