'use strict';

// TextEncoderStream and TextDecoderStream of the Encoding standard.

const { inspectable, privateSlots, setSlots, slots, webInterface } = require('internal/webstreams/common');
const { TransformStream } = require('internal/webstreams/transform');

class TextEncoderStream {
  constructor() {
    const encoder = new TextEncoder();
    // A high surrogate at the end of a chunk waits for what follows.
    let pending = '';
    const transform = new TransformStream({
      transform(chunk, controller) {
        let text = pending + String(chunk);
        pending = '';
        if (text === '') return;
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xd800 && last <= 0xdbff) {
          pending = text[text.length - 1];
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (pending !== '') controller.enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
      },
    });
    setSlots(this, TextEncoderStream, { encoder, transform });
  }

  get encoding() {
    return privateSlots(this, TextEncoderStream).encoder.encoding;
  }

  get readable() {
    return privateSlots(this, TextEncoderStream).transform.readable;
  }

  get writable() {
    return privateSlots(this, TextEncoderStream).transform.writable;
  }
}
webInterface(TextEncoderStream);
inspectable(TextEncoderStream, function() {
  const { encoding } = slots(this, TextEncoderStream).encoder;
  return { encoding, readable: this.readable, writable: this.writable };
});

class TextDecoderStream {
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    const transform = new TransformStream({
      transform(chunk, controller) {
        if (!ArrayBuffer.isView(chunk) && !(chunk instanceof ArrayBuffer) && !(chunk instanceof SharedArrayBuffer)) {
          const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
          throw new ERR_INVALID_ARG_TYPE('chunk', ['ArrayBuffer', 'SharedArrayBuffer', 'ArrayBufferView'], chunk);
        }
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    setSlots(this, TextDecoderStream, { decoder, transform });
  }

  get encoding() {
    return privateSlots(this, TextDecoderStream).decoder.encoding;
  }

  get fatal() {
    return privateSlots(this, TextDecoderStream).decoder.fatal;
  }

  get ignoreBOM() {
    return privateSlots(this, TextDecoderStream).decoder.ignoreBOM;
  }

  get readable() {
    return privateSlots(this, TextDecoderStream).transform.readable;
  }

  get writable() {
    return privateSlots(this, TextDecoderStream).transform.writable;
  }
}
webInterface(TextDecoderStream);
inspectable(TextDecoderStream, function() {
  const { decoder } = slots(this, TextDecoderStream);
  return {
    encoding: decoder.encoding,
    fatal: decoder.fatal,
    ignoreBOM: decoder.ignoreBOM,
    readable: this.readable,
    writable: this.writable,
  };
});

module.exports = { TextDecoderStream, TextEncoderStream };
