'use strict';

// How the fields of a received message become `headers`: which may come once, which are lists, which are joined.

const SINGLE = 0;
const JOINED_BY_SEMICOLON = 1;

/** Lower-case name -> how repeated fields are put together; what is not here is joined by a comma. */
const repetition = new Map();
for (const name of [
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]) repetition.set(name, SINGLE);
repetition.set('cookie', JOINED_BY_SEMICOLON);

// Names as they came -> lower case. Clients use few spellings; strangers must not make the table grow without end.
const lowerCased = new Map();
const MAX_CACHED_NAMES = 512;

function lowerCase(name) {
  let lower = lowerCased.get(name);
  if (lower === undefined) {
    lower = name.toLowerCase();
    if (lowerCased.size < MAX_CACHED_NAMES && name.length < 64) lowerCased.set(name, lower);
  }
  return lower;
}

/** Adds one field to `headers` as IncomingMessage.headers has it. */
function addField(headers, name, value, joinDuplicates) {
  name = lowerCase(name);
  const before = headers[name];
  // Not what a plain object inherits
  if (typeof before !== 'string') {
    if (name !== 'set-cookie') headers[name] = value;
    else if (before === undefined) headers[name] = [value];
    else before.push(value);
    return;
  }
  const kind = repetition.get(name);
  if (kind === undefined) headers[name] = `${before}, ${value}`;
  else if (kind === JOINED_BY_SEMICOLON) headers[name] = `${before}; ${value}`;
  else if (joinDuplicates) headers[name] = `${before}, ${value}`;
}

/** Adds one field to `distinct` as IncomingMessage.headersDistinct has it. */
function addDistinctField(distinct, name, value) {
  name = lowerCase(name);
  if (distinct[name] === undefined) distinct[name] = [value];
  else distinct[name].push(value);
}

module.exports = { addDistinctField, addField, lowerCase };
