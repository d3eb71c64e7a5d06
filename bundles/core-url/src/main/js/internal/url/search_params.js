'use strict';

// URLSearchParams, https://url.spec.whatwg.org/#interface-urlsearchparams

const {
  codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

// Names and values in turn.
const kList = stateSymbol('searchParams.list');
const kUrl = stateSymbol('searchParams.url');

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true });
}

function listOf(params) {
  const list = params?.[kList];
  if (list === undefined) throw new ERR_INVALID_THIS('URLSearchParams');
  return list;
}

function decode(text) {
  if (text.includes('+')) text = text.replaceAll('+', ' ');
  if (!text.includes('%')) return text.isWellFormed() ? text : text.toWellFormed();
  try {
    return decodeURIComponent(text).toWellFormed();
  } catch {
    return percentDecode(text);
  }
}

// Malformed escapes stay, bytes that are no UTF-8 become U+FFFD.
function percentDecode(text) {
  const { Buffer } = require('buffer');
  const source = Buffer.from(text);
  const bytes = Buffer.alloc(source.length);
  let size = 0;
  for (let i = 0; i < source.length; i++) {
    const pair = source[i] === 37 ? source.latin1Slice(i + 1, Math.min(i + 3, source.length)) : '';
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      bytes[size++] = parseInt(pair, 16);
      i += 2;
    } else {
      bytes[size++] = source[i];
    }
  }
  return bytes.utf8Slice(0, size);
}

function parse(text) {
  const list = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals === -1) list.push(decode(pair), '');
    else list.push(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)));
  }
  return list;
}

const ENCODED = { "'": '%27', '!': '%21', '(': '%28', ')': '%29', '~': '%7E' };

function encode(text) {
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/['!()~]/g, (char) => ENCODED[char]);
}

function serialize(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) {
    text += `${i === 0 ? '' : '&'}${encode(list[i])}=${encode(list[i + 1])}`;
  }
  return text;
}

function scalar(value) {
  return `${value}`.toWellFormed();
}

function fromSequence(init) {
  const list = [];
  for (const pair of init) {
    if (pair == null || typeof pair !== 'object' && typeof pair !== 'function' ||
        typeof pair[Symbol.iterator] !== 'function') {
      throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    }
    const parts = [...pair];
    if (parts.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    list.push(scalar(parts[0]), scalar(parts[1]));
  }
  return list;
}

function fromRecord(init) {
  const byName = new Map();
  for (const key of Reflect.ownKeys(init)) {
    if (Reflect.getOwnPropertyDescriptor(init, key)?.enumerable) byName.set(scalar(key), scalar(init[key]));
  }
  return [...byName].flat();
}

function fromInit(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') {
    const text = `${init}`;
    return parse(text[0] === '?' ? text.slice(1) : text);
  }
  const method = init[Symbol.iterator];
  if (method === undefined || method === null) return fromRecord(init);
  if (method === iterate && init[kList] !== undefined) return init[kList].slice();
  if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
  return fromSequence(init);
}

class URLSearchParams {
  constructor(init = undefined) {
    hide(this, kList, fromInit(init));
    hide(this, kUrl, undefined);
  }

  [customInspectSymbol](depth, options) {
    const list = listOf(this);
    if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const inner = { ...options };
    if (depth !== null) inner.depth = options.depth - 1;
    const shown = [];
    for (let i = 0; i < list.length; i += 2) shown.push(`${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`);
    const size = shown.reduce((sum, each) => sum + each.length + 2, -2);
    const name = this.constructor.name;
    if (shown.length === 0) return `${name} {}`;
    return size > options.breakLength ? `${name} {\n  ${shown.join(',\n  ')} }` : `${name} { ${shown.join(', ')} }`;
  }

  get size() {
    return listOf(this).length / 2;
  }

  append(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    list.push(scalar(name), scalar(value));
    update(this);
  }

  delete(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = scalar(name);
    if (value !== undefined) value = scalar(value);
    for (let i = 0; i < list.length;) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) list.splice(i, 2);
      else i += 2;
    }
    update(this);
  }

  get(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = scalar(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = scalar(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = scalar(name);
    if (value !== undefined) value = scalar(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    name = scalar(name);
    value = scalar(value);
    let found = false;
    for (let i = 0; i < list.length;) {
      if (list[i] !== name) {
        i += 2;
      } else if (found) {
        list.splice(i, 2);
      } else {
        list[i + 1] = value;
        found = true;
        i += 2;
      }
    }
    if (!found) list.push(name, value);
    update(this);
  }

  sort() {
    const list = listOf(this);
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    // By code units, and stable.
    pairs.sort((left, right) => left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);
    list.length = 0;
    for (const [name, value] of pairs) list.push(name, value);
    update(this);
  }

  entries() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'entries');
  }

  forEach(callback, thisArg = undefined) {
    const list = listOf(this);
    validateFunction(callback, 'callback');
    for (let i = 0; i < list.length; i += 2) Reflect.apply(callback, thisArg, [list[i + 1], list[i], this]);
  }

  keys() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'keys');
  }

  values() {
    listOf(this);
    return new URLSearchParamsIterator(this, 'values');
  }

  toString() {
    return serialize(listOf(this));
  }
}

const iterate = URLSearchParams.prototype.entries;

function update(params) {
  const url = params[kUrl];
  if (url !== undefined) require('internal/url').setSearch(url, serialize(params[kList]));
}

function ofUrl(url, search) {
  const params = new URLSearchParams(search);
  params[kUrl] = url;
  return params;
}

// The URL's search was set: the same object now lists it.
function refresh(params, search) {
  params[kList] = parse(search[0] === '?' ? search.slice(1) : search);
}

Object.defineProperties(URLSearchParams.prototype, {
  ...Object.fromEntries(['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys',
                         'values', 'toString', 'size'].map((name) => [name, { __proto__: null, enumerable: true }])),
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: { __proto__: null, configurable: true, writable: true, value: iterate },
});

const kTarget = stateSymbol('searchParamsIterator.target');
const kKind = stateSymbol('searchParamsIterator.kind');
const kIndex = stateSymbol('searchParamsIterator.index');

class URLSearchParamsIterator {
  constructor(params, kind) {
    hide(this, kTarget, params);
    hide(this, kKind, kind);
    hide(this, kIndex, 0);
  }

  next() {
    if (this?.[kTarget] === undefined) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    const list = this[kTarget][kList];
    const index = this[kIndex];
    if (index >= list.length) return { value: undefined, done: true };
    this[kIndex] = index + 2;
    return { value: item(list, index, this[kKind]), done: false };
  }

  [customInspectSymbol](depth, options) {
    if (this?.[kTarget] === undefined) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    if (typeof depth === 'number' && depth < 0) return options.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const inner = { ...options };
    if (options.depth !== null) inner.depth = options.depth - 1;
    const list = this[kTarget][kList];
    const shown = [];
    for (let i = this[kIndex]; i < list.length; i += 2) shown.push(item(list, i, this[kKind]));
    const text = shown.map((each) => inspect(each, inner));
    const breaks = text.join(', ').length > options.breakLength || text.some((each) => each.includes('\n'));
    return breaks ? `URLSearchParams Iterator {\n  ${text.join(',\n  ')} }` :
      `URLSearchParams Iterator { ${text.join(', ')} }`;
  }
}

function item(list, index, kind) {
  if (kind === 'keys') return list[index];
  return kind === 'values' ? list[index + 1] : [list[index], list[index + 1]];
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
Object.setPrototypeOf(URLSearchParamsIterator.prototype, IteratorPrototype);
delete URLSearchParamsIterator.prototype.constructor;
Object.defineProperties(URLSearchParamsIterator.prototype, {
  next: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams Iterator' },
});

module.exports = { URLSearchParams, ofUrl, refresh };
