'use strict';

// HTTPParser: the parser of the binding, under a number, with the interface that Node.js gives it. Messages arrive in
// `_onHead`, `_onBody` and `_onComplete`; the ones of this class call the handlers of `parser[HTTPParser.kOn...]`.
// A parser works with the binding of the revision that made it.

const { allMethods } = binding;
/** The methods of HTTP, without those of RTSP that the parser knows too. */
const methods = allMethods.filter((name, index) => binding.isHttpMethod(index) && name !== 'PRI');

// What `flags` of a head holds, as binding packs it
const MINOR_BITS = 0xf;
const MAJOR_SHIFT = 4;
const KEEP_ALIVE = 1 << 8;
const UPGRADE = 1 << 9;
// The message has no body: nothing further will be said of it.
const COMPLETE = 1 << 10;
const HAS_HOST = 1 << 11;
const HAS_EXPECT = 1 << 12;

const kOnMessageBegin = 0;
const kOnHeaders = 1;
const kOnHeadersComplete = 2;
const kOnBody = 3;
const kOnMessageComplete = 4;
const kOnExecute = 5;
const kOnTimeout = 6;

function HTTPParser() {
  if (!new.target) throw new TypeError('Class constructor HTTPParser cannot be invoked without \'new\'');
  this._id = 0;
  this._binding = binding;
  this._type = 0;
  this._current = null;
  this._consumed = false;
  this._onHead = callOnHeadersComplete;
  this._onBody = callOnBody;
  this._onComplete = callOnMessageComplete;
}

HTTPParser.prototype.initialize = function initialize(
    type, resource, maxHeaderSize, lenientFlags, connections, maxFields) {
  this._type = type;
  this._id = this._binding.open(this._id, this, type, maxHeaderSize || 0, lenientFlags | 0,
                          connections ? connections._id : 0, maxFields | 0);
};

/** Parses; how many bytes were used, or an error. */
HTTPParser.prototype.execute = function execute(data, offset, length) {
  if (!(this instanceof HTTPParser)) throw new TypeError('Illegal invocation');
  if (this._id === 0) return 0;
  if (offset === undefined) {
    offset = 0;
    length = data.length;
  }
  const outer = this._current;
  this._current = data;
  try {
    const used = this._binding.execute(this._id, data, offset, length);
    return typeof used === 'number' ? used : parseError(used);
  } finally {
    this._current = outer;
  }
};

/** The input has ended: undefined, or an error. */
HTTPParser.prototype.finish = function finish() {
  if (this._id === 0) return undefined;
  const result = this._binding.finish(this._id);
  return result === undefined ? undefined : parseError(result);
};

HTTPParser.prototype.close = function close() {
  this._release();
};

HTTPParser.prototype.free = function free() {
  this._release();
};

/** Takes the parser out of the list of its server's connections. */
HTTPParser.prototype.remove = function remove() {
  if (this._id !== 0) this._binding.remove(this._id);
};

HTTPParser.prototype.pause = function pause() {
  if (this._id !== 0) this._binding.pause(this._id, true);
};

HTTPParser.prototype.resume = function resume() {
  if (this._id !== 0) this._binding.pause(this._id, false);
};

/** Lets the stream of a handle feed this parser without JavaScript between them. */
HTTPParser.prototype.consume = function consume(handle) {
  this._consumed = this._binding.consume(this._id, handle.id);
  return this._consumed;
};

HTTPParser.prototype.unconsume = function unconsume() {
  if (this._id !== 0) this._binding.unconsume(this._id);
  this._consumed = false;
};

HTTPParser.prototype.getCurrentBuffer = function getCurrentBuffer() {
  if (this._current !== null) return this._current;
  return this._id === 0 ? undefined : this._binding.currentBuffer(this._id);
};

/** Whether nothing of a message has been read and nothing is held back: another parser could go on. */
HTTPParser.prototype.isQuiet = function isQuiet() {
  return this._id !== 0 && this._binding.isQuiet(this._id);
};

HTTPParser.prototype._release = function() {
  if (this._id === 0) return;
  this._binding.close(this._id);
  this._id = 0;
};

HTTPParser.REQUEST = 1;
HTTPParser.RESPONSE = 2;
HTTPParser.kOnMessageBegin = kOnMessageBegin;
HTTPParser.kOnHeaders = kOnHeaders;
HTTPParser.kOnHeadersComplete = kOnHeadersComplete;
HTTPParser.kOnBody = kOnBody;
HTTPParser.kOnMessageComplete = kOnMessageComplete;
HTTPParser.kOnExecute = kOnExecute;
HTTPParser.kOnTimeout = kOnTimeout;
HTTPParser.kLenientNone = 0;
HTTPParser.kLenientHeaders = 1 << 0;
HTTPParser.kLenientChunkedLength = 1 << 1;
HTTPParser.kLenientKeepAlive = 1 << 2;
HTTPParser.kLenientTransferEncoding = 1 << 3;
HTTPParser.kLenientVersion = 1 << 4;
HTTPParser.kLenientDataAfterClose = 1 << 5;
HTTPParser.kLenientOptionalLFAfterCR = 1 << 6;
HTTPParser.kLenientOptionalCRLFAfterChunk = 1 << 7;
HTTPParser.kLenientOptionalCRBeforeLF = 1 << 8;
HTTPParser.kLenientSpacesAfterChunkSize = 1 << 9;
HTTPParser.kLenientHeaderValueRelaxed = 1 << 10;
HTTPParser.kLenientAll = 1023;

function parseError([code, reason, bytesParsed]) {
  const error = new Error('Parse Error');
  error.bytesParsed = bytesParsed;
  error.code = code;
  error.reason = reason;
  return error;
}

/** Names and values in turn. */
function splitFields(block) {
  return block === '' ? [] : block.split('\n');
}

function callOnHeadersComplete(flags, code, text, block) {
  this[kOnMessageBegin]?.();
  const isRequest = this._type === HTTPParser.REQUEST;
  const result = this[kOnHeadersComplete]?.(
    (flags >> MAJOR_SHIFT) & 0xf, flags & MINOR_BITS, splitFields(block), isRequest ? code : undefined,
    isRequest ? text : undefined, isRequest ? undefined : code, isRequest ? undefined : text,
    (flags & UPGRADE) !== 0, (flags & KEEP_ALIVE) !== 0) | 0;
  if ((flags & COMPLETE) !== 0) this[kOnMessageComplete]?.();
  return result;
}

function callOnBody(chunk) {
  this[kOnBody]?.(chunk);
}

function callOnMessageComplete(block) {
  if (block !== '') this[kOnHeaders]?.(splitFields(block), '');
  this[kOnMessageComplete]?.();
}

// One set of functions for all parsers; `this` is the HTTPParser
binding.setHandlers(
  function head(flags, code, text, block) { return this._onHead(flags, code, text, block); },
  function body(chunk) { this._onBody(chunk); },
  function complete(block) { this._onComplete(block); },
  function executed(result) {
    if (this[kOnExecute]) this[kOnExecute](typeof result === 'number' ? result : parseError(result));
  },
  function ended(errno) { this._onEnd(errno); },
);

module.exports = {
  COMPLETE,
  HAS_EXPECT,
  HAS_HOST,
  HTTPParser,
  KEEP_ALIVE,
  MAJOR_SHIFT,
  MINOR_BITS,
  UPGRADE,
  allMethods,
  methods,
  splitFields,
};
module.sharedClasses = { HTTPParser };
