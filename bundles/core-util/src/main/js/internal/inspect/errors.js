'use strict';

// Errors as util.inspect prints them: the stack, corrected where class, name or message were changed after its capture.

const types = require('internal/util/types');
const { removeColors } = require('internal/inspect/text');

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

function readStack(ctx, error, formatValue) {
  let stack;
  try {
    ({ stack } = error);
  } catch { /* a getter that throws is no stack */ }
  if (stack) return typeof stack === 'string' ? stack : formatValue({ ...ctx, seen: ctx.seen }, stack, 0);
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return Object.prototype.toString.call(error);
  }
}

function readProperty(error, name) {
  try {
    return error[name];
  } catch {
    return undefined;
  }
}

// What the stack says already is not repeated as a property.
function removeKeysInStack(ctx, keys, error, stack) {
  if (ctx.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const index = keys.indexOf(name);
    if (index === -1) continue;
    const value = readProperty(error, name);
    if (name === 'stack' || typeof value !== 'string' || stack.includes(value)) keys.splice(index, 1);
  }
}

// Brings the class's name into the stack's first line if it is not there.
function improveStack(stack, constructor, name, tag) {
  let length = name.length;
  if (typeof name !== 'string') return stack;
  if (constructor === null ||
      (name.endsWith('Error') && stack.startsWith(name) &&
       (stack.length === length || stack[length] === ':' || stack[length] === '\n'))) {
    let fallback = 'Error';
    if (constructor === null) {
      const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
      fallback = start?.[1] ?? '';
      length = fallback.length;
      fallback ||= 'Error';
    }
    const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
    if (name !== prefix) {
      if (prefix.includes(name)) {
        stack = length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
      } else {
        stack = `${prefix} [${name}]${stack.slice(length)}`;
      }
    }
  }
  return stack;
}

function prefixOf(constructor, tag, fallback) {
  if (constructor === null) {
    return tag !== '' && fallback !== tag ? `[${fallback}: null prototype] [${tag}] ` : `[${fallback}: null prototype] `;
  }
  return tag !== '' && constructor !== tag ? `${constructor} [${tag}] ` : `${constructor} `;
}

// The longest run of lines that both lists have: its length and its start in the first.
function commonRun(a, b) {
  let best = { length: 0, offset: 0 };
  for (let i = 0; i < a.length - 3; i++) {
    const j = b.indexOf(a[i]);
    if (j === -1) continue;
    let length = 1;
    while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++;
    if (length > best.length) best = { length, offset: i };
    if (length > 3) return best;
  }
  return best;
}

// Frames that a recursion repeats are told once.
function collapseRepeats(ctx, frames) {
  const repeats = findRepeats(frames);
  for (let i = repeats.length - 1; i >= 0; i--) {
    const { offset, length, times } = repeats[i];
    const lines = length * times;
    const text = `    ... collapsed ${lines} duplicate lines matching above ` +
      (length > 1 ? `${length} lines ${times} times...` : 'lines ...');
    frames.splice(offset, lines, ctx.stylize(text, 'undefined'));
  }
}

function findRepeats(frames) {
  const result = [];
  const lastSeen = new Map();
  let i = 0;
  while (i < frames.length) {
    const seenAt = lastSeen.get(frames[i]);
    lastSeen.set(frames[i], i);
    if (seenAt !== undefined) {
      const length = i - seenAt;
      let times = 0;
      while (sameFrames(frames, seenAt, i + times * length, length)) times++;
      if (times > 0 && length * times > 3) {
        result.push({ offset: i, length, times });
        i += length * times;
        lastSeen.clear();
        continue;
      }
    }
    i++;
  }
  return result;
}

function sameFrames(frames, a, b, length) {
  if (b + length > frames.length) return false;
  for (let k = 0; k < length; k++) if (frames[a + k] !== frames[b + k]) return false;
  return true;
}

function stackFrames(ctx, error, stack, formatValue) {
  const frames = stack.split('\n');
  const cause = readProperty(error, 'cause');
  if (cause != null && typeof cause === 'object' && isError(cause)) {
    const causeStack = readStack(ctx, cause, formatValue);
    const start = causeStack.indexOf('\n    at');
    if (start !== -1) {
      const { length, offset } = commonRun(frames, causeStack.slice(start + 1).split('\n'));
      if (length > 3) {
        const skipped = length - 2;
        frames.splice(offset + 1, skipped,
                      ctx.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
      }
    }
  }
  if (frames.length > 10) collapseRepeats(ctx, frames);
  return frames;
}

// Frames of Nodule itself are grey, names of packages underlined, the current directory grey.
function colorFrame(ctx, line, workingDirectory) {
  const core = /^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+(?:\)|$)/.exec(line);
  if (core !== null && !core[1].startsWith('[')) return ctx.stylize(line, 'undefined');
  let out = '';
  let last = 0;
  for (let at = line.indexOf('node_modules', 0); at !== -1; at = line.indexOf('node_modules', last)) {
    const before = line[at - 1];
    const after = line[at + 12];
    const start = at + 13;
    if ((before !== '/' && before !== '\\') || (after !== '/' && after !== '\\')) {
      out += line.slice(last, start);
      last = start;
      continue;
    }
    const separator = after;
    out += line.slice(last, start);
    let end = line.indexOf(separator, start);
    if (line[start] === '@') end = line.indexOf(separator, end + 1);
    if (end === -1) end = line.length;
    out += ctx.stylize(line.slice(start, end), 'module');
    last = end;
  }
  out += line.slice(last);
  if (workingDirectory !== undefined) {
    let start = out.indexOf(workingDirectory);
    let directory = workingDirectory;
    if (start !== -1) {
      if (out.slice(start - 7, start) === 'file://') {
        start -= 7;
        directory = `file://${workingDirectory}`;
      }
      const paren = out[start - 1] === '(' ? start - 1 : start;
      const end = start + directory.length;
      const closing = paren !== start && out.endsWith(')') ? -1 : out.length;
      out = `${out.slice(0, paren)}${ctx.stylize(out.slice(paren, end + 1), 'undefined')}` +
        `${out.slice(end + 1, closing === -1 ? -1 : closing)}${closing === -1 ? ctx.stylize(')', 'undefined') : ''}`;
    }
  }
  return out;
}

function formatError(ctx, error, constructor, tag, keys, formatValue) {
  let message = readProperty(error, 'message');
  let name = readProperty(error, 'name');
  name = name != null ? String(name) : 'Error';
  let stack = readStack(ctx, error, formatValue);
  removeKeysInStack(ctx, keys, error, stack);
  for (const extra of ['cause', 'errors']) {
    const value = readProperty(error, extra);
    if (extra in error && !keys.includes(extra) && (extra === 'cause' ? value !== undefined || Object.hasOwn(error, extra) : Array.isArray(value))) {
      keys.push(extra);
    }
  }
  stack = improveStack(stack, constructor, name, tag);

  // The message may itself look like frames.
  if (typeof message !== 'string') message = message == null ? '' : String(message);
  let position = message === '' ? -1 : stack.indexOf(message);
  if (position !== -1) position += message.length;
  const framesStart = stack.indexOf('\n    at', position);
  if (framesStart === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = stackFrames(ctx, error, stack.slice(framesStart + 1), formatValue);
    let text = stack.slice(0, framesStart);
    if (ctx.colors) {
      const workingDirectory = safeCwd();
      for (const line of frames) text += `\n${colorFrame(ctx, line, workingDirectory)}`;
    } else {
      text += `\n${frames.join('\n')}`;
    }
    stack = text;
  }
  if (ctx.indentationLvl !== 0) {
    stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
  }
  return stack;
}

function safeCwd() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

module.exports = { formatError, removeColors };
