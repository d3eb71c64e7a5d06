'use strict';

// How messages travel: lines of JSON, or the structured clone format behind a length of four bytes.

const { Buffer } = require('buffer');

const json = {
  encode(message) {
    return Buffer.from(`${JSON.stringify(message)}\n`);
  },

  createDecoder() {
    let pieces = []; // of a line that has not ended
    return (chunk) => {
      const messages = [];
      let start = 0;
      let end;
      while ((end = chunk.indexOf(10, start)) !== -1) {
        pieces.push(chunk.subarray(start, end));
        const line = (pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)).toString('utf8');
        pieces = [];
        if (line !== '') messages.push(JSON.parse(line));
        start = end + 1;
      }
      if (start < chunk.length) pieces.push(chunk.subarray(start));
      return messages;
    };
  },
};

const HEADER = 4;

let format;

function structured() {
  return format ??= require('internal/child_process/structured').createFormat(require('v8'));
}

const advanced = {
  encode(message) {
    const body = structured().serialize(message);
    const frame = Buffer.allocUnsafe(HEADER + body.length);
    frame.writeUInt32BE(body.length, 0);
    body.copy(frame, HEADER);
    return frame;
  },

  createDecoder() {
    const { deserialize } = structured();
    let pieces = [];
    let length = 0;
    let needed = HEADER;
    return (chunk) => {
      pieces.push(chunk);
      length += chunk.length;
      if (length < needed) return [];
      const messages = [];
      let buffer = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
      needed = HEADER;
      while (buffer.length >= HEADER) {
        const size = buffer.readUInt32BE(0);
        if (buffer.length < HEADER + size) {
          needed = HEADER + size;
          break;
        }
        messages.push(deserialize(buffer.subarray(HEADER, HEADER + size)));
        buffer = buffer.subarray(HEADER + size);
      }
      pieces = buffer.length === 0 ? [] : [buffer];
      length = buffer.length;
      return messages;
    };
  },
};

module.exports = { json, advanced };
