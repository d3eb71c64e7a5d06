'use strict';

const {
  codes: {
    ERR_HTTP2_ALTSVC_INVALID_ORIGIN, ERR_HTTP2_ALTSVC_LENGTH, ERR_HTTP2_INVALID_ORIGIN, ERR_HTTP2_INVALID_SESSION,
    ERR_HTTP2_ORIGIN_LENGTH, ERR_INVALID_ARG_TYPE, ERR_INVALID_CHAR, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { Http2Session, SERVER } = require('internal/http2/session');
const { kHandle, kId, kOptions, kServer } = require('internal/http2/state');

const MAX_LENGTH = 16382;
const FIELD_VALUE = /^[\x09\x20-\x5b\x5d-\x7e\x80-\xff]*$/;

function originOf(value) {
  if (typeof value === 'string') {
    try {
      const { origin } = new URL(value);
      return origin;
    } catch {
      const { codes: { ERR_INVALID_URL } } = require('internal/errors');
      throw new ERR_INVALID_URL(value);
    }
  }
  if (value !== null && typeof value === 'object') return value.origin;
  return undefined;
}

class ServerHttp2Session extends Http2Session {
  constructor(options, socket, server) {
    super(SERVER, options, socket);
    this[kServer] = server;
  }

  get _strictSingleValue() {
    return this[kOptions].strictSingleValueFields;
  }

  get server() {
    return this[kServer];
  }

  altsvc(alt, originOrStream) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    let stream = 0;
    let origin;
    if (typeof originOrStream === 'string') {
      origin = originOf(originOrStream);
      if (origin === 'null') throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    } else if (typeof originOrStream === 'number') {
      if (originOrStream >>> 0 !== originOrStream || originOrStream === 0) {
        throw new ERR_OUT_OF_RANGE('originOrStream', `> 0 && < ${2 ** 32}`, originOrStream);
      }
      stream = originOrStream;
    } else if (originOrStream !== undefined) {
      if (originOrStream !== null && typeof originOrStream === 'object') origin = originOrStream.origin;
      if (typeof origin !== 'string') {
        throw new ERR_INVALID_ARG_TYPE('originOrStream', ['string', 'number', 'URL', 'object'], originOrStream);
      }
      if (origin === 'null' || origin.length === 0) throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    }
    validateString(alt, 'alt');
    if (!FIELD_VALUE.test(alt)) throw new ERR_INVALID_CHAR('alt');
    if (alt.length + (origin?.length ?? 0) > MAX_LENGTH) throw new ERR_HTTP2_ALTSVC_LENGTH();
    this[kHandle].binding.altsvc(this[kHandle].id, stream, origin ?? '', alt);
  }

  origin(...origins) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (origins.length === 0) return;
    let list = '';
    let length = 0;
    for (const value of origins) {
      if (typeof value !== 'string' && (value === null || typeof value !== 'object')) {
        throw new ERR_INVALID_ARG_TYPE('origin', ['string', 'URL', 'object'], value);
      }
      const origin = originOf(value);
      if (typeof origin !== 'string') throw new ERR_INVALID_ARG_TYPE('origin', ['string', 'URL', 'object'], value);
      if (origin === 'null') throw new ERR_HTTP2_INVALID_ORIGIN();
      list += `${origin}\0`;
      length += origin.length;
    }
    if (2 * origins.length + length > MAX_LENGTH) throw new ERR_HTTP2_ORIGIN_LENGTH();
    this[kHandle].binding.origin(this[kHandle].id, list);
  }
}
Object.defineProperty(ServerHttp2Session.prototype, '_strictSingleValue', { __proto__: null, enumerable: false });

module.exports = { ServerHttp2Session };
module.sharedClasses = { ServerHttp2Session };
