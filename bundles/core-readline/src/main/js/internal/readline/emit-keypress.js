'use strict';

const { stateSymbol } = require('internal/symbols');
const { ESCAPE, charLengthAt, keyParser } = require('internal/readline/keys');

const kDecoder = stateSymbol('readline.keypressDecoder');
const kParser = stateSymbol('readline.keyParser');
const kSawKeyPress = stateSymbol('readline.sawKeyPress');

// How long ESC alone may be the start of a longer sequence, in milliseconds.
const ESCAPE_CODE_TIMEOUT = 500;

function newParser(stream) {
  stream[kParser] = keyParser(stream);
  stream[kParser].next();
}

/** Makes `stream` emit 'keypress' for what it reads, as long as somebody listens. */
function emitKeypressEvents(stream, readlineInterface = {}) {
  if (stream[kDecoder]) return;
  const { StringDecoder } = require('string_decoder');
  stream[kDecoder] = new StringDecoder('utf8');
  newParser(stream);

  const { escapeCodeTimeout = ESCAPE_CODE_TIMEOUT } = readlineInterface;
  const nothingMore = () => stream[kParser].next('');
  let timer;

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = stream[kDecoder].write(input);
    if (!text) return;
    clearTimeout(timer);
    // One key, or a text that was pasted?
    readlineInterface[kSawKeyPress] = charLengthAt(text, 0) === text.length;
    readlineInterface.isCompletionEnabled = false;
    let length = 0;
    for (const character of text) {
      length += character.length;
      if (length === text.length) readlineInterface.isCompletionEnabled = true;
      try {
        stream[kParser].next(character);
        if (length === text.length && character === ESCAPE) timer = setTimeout(nothingMore, escapeCodeTimeout);
      } catch (error) {
        // A listener threw, which has ended the generator.
        newParser(stream);
        throw error;
      }
    }
  }

  function onNewListener(event) {
    if (event === 'keypress') {
      stream.on('data', onData);
      stream.removeListener('newListener', onNewListener);
    }
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { ESCAPE_CODE_TIMEOUT, emitKeypressEvents, kSawKeyPress };
