'use strict';

// TAP, version 14's subtests under the header of version 13: https://testanything.org

const { inspect } = require('internal/util/inspect');
const { unwrapped, withoutOwnFrames } = require('internal/test/failure');

const FRAME = /^ {4}at /;
const LINE_BREAK = /\r?\n/;
const inspectOptions = { __proto__: null, colors: false, breakLength: Infinity };
const ERROR_FIELDS = new Set(
  ['actual', 'cause', 'code', 'diff', 'expected', 'failureType', 'generatedMessage', 'operator', 'stack']);

async function* tapReporter(source) {
  yield 'TAP version 13\n';
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:fail':
      case 'test:pass':
        yield testPoint(data, type === 'test:pass' ? 'ok' : 'not ok') + details(indent(data.nesting), data);
        break;
      case 'test:plan':
        yield `${indent(data.nesting)}1..${data.count}\n`;
        break;
      case 'test:start':
        yield `${indent(data.nesting)}# Subtest: ${escape(data.name)}\n`;
        break;
      case 'test:stderr':
      case 'test:stdout':
        for (const line of data.message.trimEnd().split(LINE_BREAK)) if (line !== '') yield `# ${escape(line)}\n`;
        break;
      case 'test:diagnostic':
        yield `${indent(data.nesting)}# ${escape(data.message)}\n`;
        break;
      case 'test:coverage':
        yield require('internal/test/reporters/coverage').coverageReport(`${indent(data.nesting)}# `, data.summary);
        break;
      default:
    }
  }
}

function indent(nesting) {
  return '    '.repeat(nesting);
}

const escapes = { '\\': '\\\\', '#': '\\#', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\f': '\\f', '\b': '\\b', '\v': '\\v' };

function escape(text) {
  return String(text).replace(/[\\#\n\t\r\f\b\v]/g, (character) => escapes[character]);
}

function testPoint({ nesting, testNumber, name, skip, todo, expectFailure }, status) {
  let line = `${indent(nesting)}${status} ${testNumber}`;
  if (name) line += ` ${escape(`- ${name}`)}`;
  if (skip !== undefined) line += ` # SKIP${directive(skip)}`;
  else if (todo !== undefined) line += ` # TODO${directive(todo)}`;
  else if (expectFailure !== undefined) line += ` # EXPECTED FAILURE${directive(expectFailure)}`;
  return `${line}\n`;
}

function directive(value) {
  return typeof value === 'string' && value !== '' ? ` ${escape(value)}` : '';
}

function details(before, data) {
  const { duration_ms, type, error } = data.details;
  let text = `${before}  ---\n${yaml(before, 'duration_ms', duration_ms)}`;
  if (type !== undefined) text += yaml(before, 'type', type);
  if (error) {
    if (data.file !== undefined && data.line !== undefined) {
      text += yaml(before, 'location', `${data.file}:${data.line}:${data.column}`);
    }
    text += yaml(before, null, error, new Set());
  }
  return `${text}${before}  ...\n`;
}

function yaml(before, name, value, seen) {
  if (value === undefined) return '';
  if (value === null) return `${before}  ${name}: ~\n`;
  if (typeof value !== 'object') {
    const prefix = `${before}  ${name}:`;
    if (typeof value !== 'string' || !LINE_BREAK.test(value)) return `${prefix} ${inspect(value, inspectOptions)}\n`;
    return `${prefix} |-\n${value.split(LINE_BREAK).map((line) => (line === '' ? '\n' : `${before}    ${line}\n`)).join('')}`;
  }
  if (seen.has(value)) return `${before}  ${name}: <Circular>\n`;
  seen.add(value);
  if (value instanceof Date) return `${before}  ${name}: ${value.toISOString()}\n`;
  const isError = require('internal/util/types').isNativeError(value);
  let text = name === null ? '' : `${before}  ${name}:\n`;
  const inner = name === null ? before : `${before}  `;
  for (const [key, each] of Object.entries(value)) {
    if (isError && ERROR_FIELDS.has(key)) continue;
    text += yaml(inner, key, each, seen);
  }
  if (isError) text += errorFields(inner, value, seen);
  return text;
}

function errorFields(before, error, seen) {
  let { code, message, stack, name } = error;
  let subject = error;
  const { cause, failureType } = error;
  // What the failure is around says more.
  if (code === 'ERR_TEST_FAILURE' && (unwrapped.has(failureType) || failureType === 'testAborted')) {
    stack = cause?.stack ?? stack;
    code = cause?.code ?? code;
    name = cause?.name ?? name;
    message = cause?.message ?? message;
    if (cause !== null && typeof cause === 'object') subject = cause;
  }
  let text = '';
  if (failureType !== undefined) text += yaml(before, 'failureType', failureType);
  text += yaml(before, 'error', message === undefined ? '<unknown error>' : String(message), seen);
  if (code) text += yaml(before, 'code', code);
  if (name && name !== 'Error') text += yaml(before, 'name', name);
  if ('expected' in subject && 'actual' in subject) {
    text += yaml(before, 'expected', subject.expected, new Set());
    text += yaml(before, 'actual', subject.actual, new Set());
    if (subject.operator) text += yaml(before, 'operator', subject.operator);
  }
  if (typeof stack !== 'string') return text;
  const frames = withoutOwnFrames(stack).split('\n').filter((line) => FRAME.test(line)).map((line) => line.replace(FRAME, ''));
  if (frames.length === 0) return text;
  return `${text}${before}  stack: |-\n${frames.map((line) => `${before}    ${line}\n`).join('')}`;
}

module.exports = { tapReporter };
