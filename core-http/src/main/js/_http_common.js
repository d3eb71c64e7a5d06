'use strict';

const { HTTPParser, allMethods, methods } = require('internal/http/parser');
const { onBody, onHead, onMessageComplete } = require('internal/http/receive');
const { FreeList } = require('internal/http/free-list');
const { getOptionValue } = require('internal/options');
const { kIncomingMessage } = require('internal/http/symbols');
const { IncomingMessage, kSkipPendingData } = require('_http_incoming');

const { kOnTimeout } = HTTPParser;

/** Parsers in waiting, for servers and clients. */
const parsers = new FreeList('parsers', 1000, function parsersCb() {
  const parser = new HTTPParser();
  cleanParser(parser);
  parser._onHead = onHead;
  parser._onBody = onBody;
  parser._onComplete = onMessageComplete;
  return parser;
});

function closeParser(parser) {
  parser.close();
}

/** Gives a parser back, and takes the way to it from its request and socket. */
function freeParser(parser, req, socket) {
  if (parser) {
    if (parser._consumed) parser.unconsume();
    cleanParser(parser);
    parser.remove();
    // One of an earlier revision is of no use here
    if (parser._binding !== binding || parsers.free(parser) === false) {
      // It may be in use further up the stack.
      setImmediate(closeParser, parser);
    } else {
      parser.free();
    }
  }
  if (req) req.parser = null;
  if (socket) socket.parser = null;
}

function cleanParser(parser) {
  parser.incoming = null;
  parser.outgoing = null;
  parser.socket = null;
  parser.onIncoming = null;
  parser.maxHeaderPairs = 2000;
  parser.joinDuplicateHeaders = null;
  parser[kOnTimeout] = null;
  parser._consumed = false;
}

/** Gives a parser's error the text and the bytes that Node.js gives it. */
function prepareError(error, parser, rawPacket) {
  error.rawPacket = rawPacket || parser.getCurrentBuffer();
  if (error.reason) error.message = `Parse Error: ${error.reason}`;
}

let warnedLenient = false;

function isLenient() {
  if (getOptionValue('--insecure-http-parser') && !warnedLenient) {
    warnedLenient = true;
    process.emitWarning('Using insecure HTTP parsing');
  }
  return Boolean(getOptionValue('--insecure-http-parser'));
}

/** The lenient flags of the options `insecureHTTPParser` and `httpValidation`. */
function calculateLenientFlags(httpValidation, insecureHTTPParser) {
  if (httpValidation === 'insecure') return HTTPParser.kLenientAll;
  if (httpValidation === 'relaxed') return HTTPParser.kLenientHeaderValueRelaxed;
  if (httpValidation === 'strict') return HTTPParser.kLenientNone;
  const lenient = insecureHTTPParser === undefined ? isLenient() : insecureHTTPParser;
  return lenient ? HTTPParser.kLenientAll : HTTPParser.kLenientNone;
}

/** Whether `value` is a token (RFC 9110, section 5.6.2). */
function checkIsHttpToken(value) {
  return binding.isToken(`${value}`);
}

/** Whether a field value has a character that none may have. */
function checkInvalidHeaderChar(value) {
  return !binding.isFieldValue(`${value}`);
}

module.exports = {
  _checkInvalidHeaderChar: checkInvalidHeaderChar,
  _checkIsHttpToken: checkIsHttpToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  freeParser,
  methods,
  parsers,
  kIncomingMessage,
  HTTPParser,
  isLenient,
  calculateLenientFlags,
  prepareError,
  kSkipPendingData,
};
Object.defineProperty(module.exports, 'allMethods', { value: allMethods });
