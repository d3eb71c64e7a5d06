'use strict';

// Field sections: from what users give to a list for the wire, and back.

const {
  codes: {
    ERR_HTTP2_HEADER_SINGLE_VALUE, ERR_HTTP2_INVALID_CONNECTION_HEADERS, ERR_HTTP2_INVALID_HEADER_VALUE,
    ERR_HTTP2_INVALID_PSEUDOHEADER, ERR_INVALID_ARG_TYPE, ERR_INVALID_HTTP_TOKEN,
  },
} = require('internal/errors');

const sensitiveHeaders = Symbol('sensitiveHeaders');

const REQUEST_PSEUDO = new Set([':method', ':authority', ':scheme', ':path', ':protocol']);
const ALL_PSEUDO = new Set([...REQUEST_PSEUDO, ':status']);
const RESPONSE_PSEUDO = new Set([':status']);
const NO_PSEUDO = new Set();

const SINGLE_VALUE = new Set(`
:status :method :authority :scheme :path :protocol access-control-allow-credentials access-control-max-age
access-control-request-method age authorization content-encoding content-language content-length content-location
content-md5 content-range content-type date dnt etag expires from host if-match if-modified-since if-none-match
if-range if-unmodified-since last-modified location max-forwards proxy-authorization range referer retry-after tk
upgrade-insecure-requests user-agent x-content-type-options`.trim().split(/\s+/));

const CONNECTION_SPECIFIC = new Set(['connection', 'upgrade', 'http2-settings', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function isConnectionSpecific(name, value) {
  if (name === 'te') return value !== 'trailers' && !(Array.isArray(value) && value.every((part) => part === 'trailers'));
  return CONNECTION_SPECIFIC.has(name);
}

function assertPseudoHeader(name, allowed) {
  if (!allowed.has(name)) throw new ERR_HTTP2_INVALID_PSEUDOHEADER(name);
}

// Pairs of names and values from an object, or from a list in turn.
function* pairs(headers) {
  if (Array.isArray(headers)) {
    for (let i = 0; i < headers.length; i += 2) yield [headers[i], headers[i + 1]];
  } else {
    for (const name of Object.keys(headers)) yield [name, headers[name]];
  }
}

/** { fields, sensitive }: names and values, each with a zero behind it, pseudo-headers first. */
function encodeHeaders(headers, allowedPseudo, strictSingleValue = true) {
  let pseudo = '';
  let regular = '';
  const seen = new Set();
  const marked = headers[sensitiveHeaders];
  if (marked !== undefined && !Array.isArray(marked)) {
    throw new ERR_INVALID_ARG_TYPE('headers[http2.neverIndex]', 'Array', marked);
  }
  const sensitive = marked === undefined ? '' : marked.map((name) => `${name.toLowerCase()}\0`).join('');
  const isList = Array.isArray(headers);
  for (let { 0: name, 1: value } of pairs(headers)) {
    if (value === undefined || name === '') continue;
    name = `${name}`.toLowerCase();
    const isSingle = SINGLE_VALUE.has(name) && (strictSingleValue || name[0] === ':');
    let values;
    if (Array.isArray(value)) {
      if (value.length === 0) continue;
      if (value.length > 1 && isSingle) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      values = value.map(String);
    } else {
      values = [String(value)];
    }
    if (isSingle) {
      if (seen.has(name)) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      seen.add(name);
    }
    if (name[0] === ':') {
      assertPseudoHeader(name, allowedPseudo);
      pseudo += `${name}\0${values[0]}\0`;
      continue;
    }
    if (!TOKEN.test(name)) throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
    if (isConnectionSpecific(name, isList || values.length > 1 ? values : values[0])) {
      throw new ERR_HTTP2_INVALID_CONNECTION_HEADERS(name);
    }
    for (const text of values) regular += `${name}\0${text.replaceAll('\0', '')}\0`;
  }
  return { fields: pseudo + regular, sensitive };
}

/** What `sentHeaders` shows: a list becomes an object, in which a name that came twice has a list of values. */
function toSentObject(headers) {
  if (!Array.isArray(headers)) return headers;
  const sent = { __proto__: null };
  for (const { 0: name, 1: value } of pairs(headers)) sent[name] = name in sent ? [].concat(sent[name], value) : value;
  return sent;
}

/** The object for a received section. */
function toHeaderObject(fields, sensitivePlaces) {
  const headers = { __proto__: null };
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i];
    const value = name === ':status' ? fields[i + 1] | 0 : fields[i + 1];
    const known = headers[name];
    if (known === undefined || name === '__proto__') headers[name] = name === 'set-cookie' ? [value] : value;
    else if (SINGLE_VALUE.has(name)) continue; // the first counts
    else if (name === 'set-cookie') known.push(value);
    else headers[name] = name === 'cookie' ? `${known}; ${value}` : `${known}, ${value}`;
  }
  headers[sensitiveHeaders] = sensitivePlaces.map((place) => fields[2 * place]);
  return headers;
}

/** For the compatibility API: a name and value that a response may have. */
function assertValidHeader(name, value) {
  if (name === '' || typeof name !== 'string' || name.includes(' ')) throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
  if (ALL_PSEUDO.has(name) || name[0] === ':') {
    const { codes: { ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED } } = require('internal/errors');
    throw new ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED();
  }
  if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
}

function assertIsObject(value, name, types) {
  if (value !== undefined && (value === null || typeof value !== 'object' || (Array.isArray(value) && !types?.includes('Array')))) {
    throw new ERR_INVALID_ARG_TYPE(name, types || 'Object', value);
  }
}

function assertIsArray(value, name, types) {
  if (value !== undefined && !Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, types || 'Array', value);
}

module.exports = {
  sensitiveHeaders, ALL_PSEUDO, REQUEST_PSEUDO, RESPONSE_PSEUDO, NO_PSEUDO, assertIsArray, assertIsObject, assertValidHeader,
  encodeHeaders, isConnectionSpecific, toHeaderObject, toSentObject,
};
