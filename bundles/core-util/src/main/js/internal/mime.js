'use strict';

// MIME types by the WHATWG standard.

const { codes: { ERR_INVALID_MIME_SYNTAX } } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');

const kType = stateSymbol('mime.kType');
const kSubtype = stateSymbol('mime.kSubtype');
const kParameters = stateSymbol('mime.kParameters');
const kData = stateSymbol('mime.kData');

const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/g;
const notQuotedText = /[^\t\u0020-~\u0080-\u00FF]/g;
const trailingSpace = /[\r\n\t ]*$/;
const leadingSpace = /[^\r\n\t ]|$/;

const asciiLower = (text) => text.replace(/[A-Z]/g, (char) => char.toLowerCase());

function firstIndex(pattern, text) {
  pattern.lastIndex = 0;
  const match = pattern.exec(text);
  return match === null ? -1 : match.index;
}

function parseTypeAndSubtype(text) {
  let position = text.search(leadingSpace);
  const slash = text.indexOf('/', position);
  const type = slash === -1 ? text.slice(position) : text.slice(position, slash);
  const wrong = firstIndex(notToken, type);
  if (type === '' || wrong !== -1 || slash === -1) throw new ERR_INVALID_MIME_SYNTAX('type', text, wrong);
  position = slash + 1;
  const semicolon = text.indexOf(';', position);
  const rawSubtype = semicolon === -1 ? text.slice(position) : text.slice(position, semicolon);
  const subtype = rawSubtype.slice(0, rawSubtype.search(trailingSpace));
  const wrongSubtype = firstIndex(notToken, subtype);
  if (subtype === '' || wrongSubtype !== -1) throw new ERR_INVALID_MIME_SYNTAX('subtype', text, wrongSubtype);
  return {
    type: asciiLower(type),
    subtype: asciiLower(subtype),
    parameters: text.slice(position + rawSubtype.length),
  };
}

function removeBackslashes(text) {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i < text.length - 1) i++;
    out += text[i];
  }
  return out;
}

function quoteValue(value) {
  if (value !== '' && firstIndex(notToken, value) === -1) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

class MIMEParams {
  constructor() {
    Object.defineProperty(this, kData, { __proto__: null, value: new Map() });
  }

  delete(name) {
    this[kData].delete(`${name}`);
  }

  get(name) {
    return this[kData].get(`${name}`) ?? null;
  }

  has(name) {
    return this[kData].has(`${name}`);
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    const wrongName = firstIndex(notToken, name);
    if (name === '' || wrongName !== -1) throw new ERR_INVALID_MIME_SYNTAX('parameter name', name, wrongName);
    const wrongValue = firstIndex(notQuotedText, value);
    if (wrongValue !== -1) throw new ERR_INVALID_MIME_SYNTAX('parameter value', value, wrongValue);
    this[kData].set(name, value);
  }

  *entries() {
    yield* this[kData].entries();
  }

  *keys() {
    yield* this[kData].keys();
  }

  *values() {
    yield* this[kData].values();
  }

  toString() {
    let out = '';
    for (const { 0: key, 1: value } of this[kData]) out += `${out === '' ? '' : ';'}${key}=${quoteValue(value)}`;
    return out;
  }
}
Object.defineProperties(MIMEParams.prototype, {
  [Symbol.iterator]: {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEParams.prototype.entries,
  },
  toJSON: {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEParams.prototype.toString,
  },
});

// What is not well formed is left out; the first of a name counts.
function parseParameters(text, params) {
  const data = params[kData];
  const end = text.length;
  let position = 0;
  while (position < end) {
    position++; // the semicolon
    position += text.slice(position).search(leadingSpace);
    const nameStart = position;
    while (position < end && text[position] !== ';' && text[position] !== '=') position++;
    const name = asciiLower(text.slice(nameStart, position));
    if (position >= end) break;
    if (text[position] === ';') continue;
    position++; // the equals sign
    let value;
    if (text[position] === '"') {
      const start = ++position;
      while (position < end && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
      value = removeBackslashes(text.slice(start, Math.min(position, end)));
      while (position < end && text[position] !== ';') position++;
    } else {
      const start = position;
      while (position < end && text[position] !== ';') position++;
      const raw = text.slice(start, position);
      value = raw.slice(0, raw.search(trailingSpace));
      if (value === '') continue;
    }
    if (name !== '' && firstIndex(notToken, name) === -1 && firstIndex(notQuotedText, value) === -1 && !data.has(name)) {
      data.set(name, value);
    }
  }
}

class MIMEType {
  constructor(input) {
    const parsed = parseTypeAndSubtype(`${input}`);
    const hidden = (key, value) => Object.defineProperty(this, key, { __proto__: null, value, writable: true });
    hidden(kType, parsed.type);
    hidden(kSubtype, parsed.subtype);
    hidden(kParameters, new MIMEParams());
    parseParameters(parsed.parameters, this[kParameters]);
  }

  get type() {
    return this[kType];
  }

  set type(value) {
    value = `${value}`;
    const wrong = firstIndex(notToken, value);
    if (value === '' || wrong !== -1) throw new ERR_INVALID_MIME_SYNTAX('type', value, wrong);
    this[kType] = asciiLower(value);
  }

  get subtype() {
    return this[kSubtype];
  }

  set subtype(value) {
    value = `${value}`;
    const wrong = firstIndex(notToken, value);
    if (value === '' || wrong !== -1) throw new ERR_INVALID_MIME_SYNTAX('subtype', value, wrong);
    this[kSubtype] = asciiLower(value);
  }

  get essence() {
    return `${this[kType]}/${this[kSubtype]}`;
  }

  get params() {
    return this[kParameters];
  }

  toString() {
    const parameters = this[kParameters].toString();
    return `${this[kType]}/${this[kSubtype]}${parameters === '' ? '' : `;${parameters}`}`;
  }
}
Object.defineProperties(MIMEType.prototype, {
  type: { __proto__: null, enumerable: true },
  subtype: { __proto__: null, enumerable: true },
  essence: { __proto__: null, enumerable: true },
  params: { __proto__: null, enumerable: true },
  toJSON: {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEType.prototype.toString,
  },
});

module.exports = { MIMEType, MIMEParams };
