'use strict';

// Shell patterns as regular expressions: * ? [...] ** {a,b} {1..3} and !(a|b) ?(a) *(a) +(a) @(a).

const { validateString } = require('internal/validators');

const cache = new Map();
const CACHE_LIMIT = 256;

// POSIX names inside brackets, by what stands for them in a regular expression with the u flag.
const CLASSES = {
  __proto__: null,
  alnum: '\\p{L}\\p{Nl}\\p{Nd}', alpha: '\\p{L}\\p{Nl}', ascii: '\\x00-\\x7f', blank: '\\p{Zs}\\t', cntrl: '\\p{Cc}',
  digit: '\\p{Nd}', lower: '\\p{Ll}', print: '\\p{C}', punct: '\\p{P}', space: '\\p{Z}\\t\\r\\n\\v\\f', upper: '\\p{Lu}',
  word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}', xdigit: 'A-Fa-f0-9',
};

function matches(path, pattern, windows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  if (windows) path = path.replaceAll('\\', '/');
  // A backslash separates on either system; it quotes nothing.
  pattern = pattern.replaceAll('\\', '/');
  const key = `${windows ? 'w' : 'p'}${pattern}`;
  let expressions = cache.get(key);
  if (expressions === undefined) {
    expressions = expandBraces(pattern).map((each) => compile(each, windows));
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, expressions);
  }
  return expressions.some((each) => each.test(path));
}

// The matching brace of the one at `open`; -1 if there is none.
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function splitTop(text) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function sequence(text) {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = numbers ?? /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/.exec(text);
  if (letters === null) return null;
  const value = (each) => numbers ? Number(each) : each.charCodeAt(0);
  const from = value(letters[1]);
  const to = value(letters[2]);
  const step = Math.max(Math.abs(Number(letters[3] ?? 1)), 1) * (to < from ? -1 : 1);
  const width = numbers && letters.slice(1, 3).some((each) => /^-?0\d/.test(each)) ?
    Math.max(letters[1].length, letters[2].length) : 0;
  const out = [];
  for (let i = from; step > 0 ? i <= to : i >= to; i += step) {
    if (!numbers) out.push(String.fromCharCode(i));
    else out.push(i < 0 ? `-${String(-i).padStart(width - 1, '0')}` : String(i).padStart(width, '0'));
    if (out.length > 10000) break;
  }
  return out;
}

function expandBraces(pattern) {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    if (pattern[open - 1] === '$') continue;
    const close = closing(pattern, open);
    if (close === -1) continue;
    const body = pattern.slice(open + 1, close);
    const parts = splitTop(body);
    const choices = parts.length > 1 ? parts.flatMap(expandBraces) : sequence(body);
    if (choices === null) continue;
    const rest = expandBraces(pattern.slice(close + 1));
    const before = pattern.slice(0, open);
    return choices.flatMap((choice) => rest.map((after) => `${before}${choice}${after}`));
  }
  return [pattern];
}

function escape(char) {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}

// A hidden name is matched only by a pattern whose segment starts with a dot.
const NOT_HIDDEN = '(?!\\.)';
const NOT_DOTS = '(?!\\.{1,2}(?:/|$))';

function compile(pattern, windows) {
  const segments = pattern.split('/');
  let source = '';
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    const last = i === segments.length - 1;
    if (segment === '**') {
      while (segments[i + 1] === '**') i++;
      if (i === segments.length - 1) {
        // As the last segment it takes anything below, and needs something where a segment stands before it.
        source += segments.length === 1 ? '(?:(?!\\.)[^/]*(?:/(?!\\.)[^/]*)*)' : '(?:(?!\\.)[^/]+(?:/(?!\\.)[^/]+)*/?)?';
      } else {
        source += '(?:(?!\\.)[^/]+/)*';
      }
      continue;
    }
    source += segmentSource(segment);
    if (!last) source += '/+';
  }
  try {
    // A path may end with a separator that the pattern does not have.
    return new RegExp(`^${source}/*$`, `u${windows ? 'i' : ''}`);
  } catch {
    return { test: (path) => path === pattern };
  }
}

function segmentSource(segment) {
  if (segment === '') return '';
  const { source } = parse(segment, 0, '');
  const magicFirst = /^(?:\*|\?|\[|[!+@]\()/.test(segment);
  if (!magicFirst) return source;
  return `${segment === '*' || /^\*+$/.test(segment) ? `${NOT_HIDDEN}[^/]+` : `${NOT_HIDDEN}${NOT_DOTS}(?=[^/])${source}`}`;
}

// Reads until one of `stops` (inside a group) or the end.
function parse(text, from, stops) {
  let source = '';
  let i = from;
  while (i < text.length) {
    const char = text[i];
    if (stops.includes(char)) break;
    if ('!?*+@'.includes(char) && text[i + 1] === '(' && groupEnd(text, i + 1) !== -1) {
      const group = parseGroup(text, i);
      source += group.source;
      i = group.end;
    } else if (char === '*') {
      while (text[i + 1] === '*') i++;
      source += '[^/]*?';
      i++;
    } else if (char === '?') {
      source += '[^/]';
      i++;
    } else if (char === '[') {
      const bracket = parseBracket(text, i);
      source += bracket.source;
      i = bracket.end;
    } else {
      const point = String.fromCodePoint(text.codePointAt(i));
      source += escape(point);
      i += point.length;
    }
  }
  return { source, end: i };
}

function groupEnd(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function parseGroup(text, from) {
  const kind = text[from];
  const choices = [];
  let i = from + 2;
  for (;;) {
    const { source, end } = parse(text, i, '|)');
    choices.push(source);
    i = end + 1;
    if (text[end] !== '|') break;
  }
  const body = choices.join('|');
  if (kind === '!') {
    const rest = parse(text, i, '|)').source;
    return { source: `(?:(?!(?:${body})${rest}$)[^/]*?)`, end: i };
  }
  return { source: `(?:${body})${kind === '@' ? '' : kind}`, end: i };
}

function parseBracket(text, from) {
  let i = from + 1;
  const negated = text[i] === '!' || text[i] === '^';
  if (negated) i++;
  let body = '';
  const start = i;
  for (; i < text.length && (text[i] !== ']' || i === start); i++) {
    const named = /^\[:(\w+):\]/.exec(text.slice(i));
    if (named !== null && CLASSES[named[1]] !== undefined) {
      body += CLASSES[named[1]];
      i += named[0].length - 1;
    } else if (text[i] === '-' && i > start && i + 1 < text.length && text[i + 1] !== ']') {
      body += '-';
    } else {
      body += escape(text[i]);
    }
  }
  if (i >= text.length) return { source: '\\[', end: from + 1 };
  return { source: `(?!/)[${negated ? '^' : ''}${body}]`, end: i + 1 };
}

module.exports = { matches };
