'use strict';

// AssertionError, and what it says about the two values.

const { inspect } = require('internal/util/inspect');
const colors = require('internal/util/colors');
const { validateObject, validateOneOf } = require('internal/validators');

const headlines = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

// Up to this length two simple values stand on one line.
const kShortLength = 12;
const kLongLength = 512;
const kMaxLines = 50;

function show(value) {
  // One property a line, so that differences are lines; everything that counts for equality is shown.
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });
}

const isObject = (value) => typeof value === 'object' && value !== null;

function isSimple(actual, actualLines, expected, expectedLines) {
  return actualLines.length === 1 && expectedLines.length === 1 && !(isObject(actual) && isObject(expected));
}

function simpleDiff(actual, actualText, expected, expectedText, header) {
  let length = actualText.length + expectedText.length;
  if (typeof actual === 'string') length -= 2;
  if (typeof expected === 'string') length -= 2;
  if (length <= kShortLength && (actual !== 0 || expected !== 0)) {
    return { header: '', message: `${actualText} !== ${expectedText}` };
  }
  if (typeof actual === 'string' && typeof expected === 'string' && colors.hasColors) {
    return coloredStringDiff(actualText, expectedText);
  }
  let message = `\n${colors.green}+${colors.white} ${actualText}\n${colors.red}-${colors.white} ${expectedText}`;
  const columns = process.stderr.isTTY ? process.stderr.columns : 80;
  if (actualText.length <= columns && expectedText.length <= columns) {
    let same = 0;
    while (same < actualText.length && actualText[same] === expectedText[same]) same++;
    if (same > 2 && same < actualText.length) message += `\n${' '.repeat(same + 2)}^`;
  }
  return { header, message };
}

function coloredStringDiff(actual, expected) {
  const { myersDiff, kInsert, kDelete } = require('internal/util/diff');
  let message = '';
  const edits = myersDiff(actual, expected);
  for (let i = edits.length - 1; i >= 0; i--) {
    const { 0: kind, 1: char } = edits[i];
    const color = kind === kInsert ? colors.green : kind === kDelete ? colors.red : colors.white;
    message += `${color}${char}${colors.white}`;
  }
  return { header: `${colors.green}actual${colors.white} ${colors.red}expected${colors.white}`, message: `\n${message}` };
}

// The edits as lines; of more than five unchanged lines the middle is left out.
function lineDiff(actualLines, expectedLines, isForObjects, operator) {
  const { myersDiff, kInsert, kDelete, kNop } = require('internal/util/diff');
  const edits = myersDiff(actualLines, expectedLines, isForObjects);
  const kKept = 5;
  let message = '';
  let skipped = false;
  let unchanged = 0;
  for (let i = edits.length - 1; i >= 0; i--) {
    const { 0: kind, 1: line } = edits[i];
    if (kind !== kNop && i < edits.length - 1 && edits[i + 1][0] === kNop) {
      // Nothing is gained by leaving out a line or two.
      if (unchanged === kKept + 1) {
        message += `  ${edits[i + 1][1]}\n`;
      } else if (unchanged === kKept + 2) {
        message += `  ${edits[i + 2][1]}\n  ${edits[i + 1][1]}\n`;
      } else if (unchanged > kKept + 2) {
        message += `${colors.blue}...${colors.white}\n  ${edits[i + 1][1]}\n`;
        skipped = true;
      }
      unchanged = 0;
    }
    if (kind === kInsert) {
      message += operator === 'partialDeepStrictEqual' && colors.hasColors ?
        `${colors.gray}+ ${line}${colors.white}\n` : `${colors.green}+${colors.white} ${line}\n`;
    } else if (kind === kDelete) {
      message += `${colors.red}-${colors.white} ${line}\n`;
    } else {
      if (unchanged < kKept) message += `  ${line}\n`;
      unchanged++;
    }
  }
  return { message: `\n${message.trimEnd()}`, skipped };
}

function diffMessage(actual, expected, operator, customMessage, diff) {
  if (operator === 'strictEqual' && ((isObject(actual) && isObject(expected)) ||
      (typeof actual === 'function' && typeof expected === 'function'))) {
    operator = 'strictEqualObject';
  }
  const actualText = show(actual);
  const expectedText = show(expected);
  const actualLines = actualText.split('\n');
  const expectedLines = expectedText.split('\n');
  let header = `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;
  let message;
  let skipped = false;
  if (isSimple(actual, actualLines, expected, expectedLines)) {
    ({ header, message } = simpleDiff(actual, actualLines[0], expected, expectedLines[0], header));
  } else if (actualText === expectedText) {
    operator = 'notIdentical';
    header = '';
    if (actualLines.length > kMaxLines && diff !== 'full') {
      message = `${actualLines.slice(0, kMaxLines).join('\n')}\n...}`;
      skipped = true;
    } else {
      message = actualText;
    }
  } else {
    ({ message, skipped } = lineDiff(actualLines, expectedLines, isObject(actual), operator));
  }
  return `${customMessage ?? headlines[operator]}\n${header}${skipped ? '\n... Skipped lines' : ''}\n${message}\n`;
}

function unequalMessage(actual, operator, diff) {
  let headline = headlines[operator];
  const lines = show(actual).split('\n');
  if (operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function')) {
    headline = headlines.notStrictEqualObject;
  }
  if (lines.length > kMaxLines && diff !== 'full') {
    lines[46] = `${colors.blue}...${colors.white}`;
    lines.length = 47;
  }
  if (lines.length === 1) return `${headline}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${headline}\n\n${lines.join('\n')}\n`;
}

function otherMessage(actual, expected, operator, diff) {
  let actualText = show(actual);
  let expectedText = show(expected);
  const isFull = diff === 'full';
  if (operator === 'notDeepEqual' && actualText === expectedText) {
    const message = `${headlines[operator]}\n\n${actualText}`;
    return message.length > 1024 && !isFull ? `${message.slice(0, 1021)}...` : message;
  }
  const shorten = (text) => (text.length > kLongLength && !isFull ? `${text.slice(0, 509)}...` : text);
  actualText = shorten(actualText);
  expectedText = shorten(expectedText);
  if (operator === 'deepEqual') {
    return `${headlines.deepEqual}\n\n${actualText}\n\nshould loosely deep-equal\n\n${expectedText}`;
  }
  if (operator === 'notDeepEqual') {
    return `${headlines.notDeepEqualUnequal}\n\n${actualText}\n\nshould not loosely deep-equal\n\n${expectedText}`;
  }
  return `${actualText} ${operator} ${expectedText}`;
}

// The stack would make equal errors differ.
function withoutStack(error) {
  const copy = Object.create(Object.getPrototypeOf(error));
  for (const key of Object.keys(error)) copy[key] = error[key];
  Object.defineProperty(copy, 'message', { __proto__: null, value: error.message });
  if (Object.hasOwn(error, 'cause')) {
    const { cause } = error;
    Object.defineProperty(copy, 'cause', {
      __proto__: null, value: cause instanceof Error ? withoutStack(cause) : cause,
    });
  }
  return copy;
}

function shortenString(text) {
  const lines = text.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return text.length > kLongLength ? `${text.slice(kLongLength)}...` : text;
}

const diffOperators = new Set(['deepStrictEqual', 'strictEqual', 'partialDeepStrictEqual']);

function messageOf(message, actual, expected, operator, diff) {
  if (message != null) {
    return diffOperators.has(operator) ? diffMessage(actual, expected, operator, message, diff) : String(message);
  }
  colors.refresh();
  if (isObject(actual) && isObject(expected) && 'stack' in actual && actual instanceof Error &&
      'stack' in expected && expected instanceof Error) {
    actual = withoutStack(actual);
    expected = withoutStack(expected);
  }
  if (diffOperators.has(operator)) return diffMessage(actual, expected, operator, undefined, diff);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return unequalMessage(actual, operator, diff);
  return otherMessage(actual, expected, operator, diff);
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction, diff = 'simple' } = options;
    if (diff != null) validateOneOf(diff, 'options.diff', ['simple', 'full']);
    const { actual, expected } = options;
    super(messageOf(message, actual, expected, operator, diff));

    this.generatedMessage = !message || message === 'Failed';
    Object.defineProperty(this, 'name', {
      __proto__: null, value: 'AssertionError', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) {
        this[`message ${i}`] = details[i].message;
        this[`actual ${i}`] = details[i].actual;
        this[`expected ${i}`] = details[i].expected;
        this[`operator ${i}`] = details[i].operator;
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    // The stack names the code while it is made.
    this.name = `AssertionError [${this.code}]`;
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    this.stack; // eslint-disable-line no-unused-expressions
    this.name = 'AssertionError';
    this.diff = diff;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](recurseTimes, context) {
    // Long values are in the message already.
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = shortenString(actual);
    if (typeof expected === 'string') this.expected = shortenString(expected);
    const text = inspect(this, { ...context, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

module.exports = AssertionError;
