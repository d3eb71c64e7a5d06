'use strict';

// From what a terminal sends to 'keypress' events.

const ESCAPE = '\x1b';

// Names of function keys by the code between ESC and the end, as xterm, gnome, rxvt, cygwin and PuTTY send them.
const names = {
  f1: ['OP', '[P', '[11~', '[[A'],
  f2: ['OQ', '[Q', '[12~', '[[B'],
  f3: ['OR', '[R', '[13~', '[[C'],
  f4: ['OS', '[S', '[14~', '[[D'],
  f5: ['[15~', '[[E'],
  f6: ['[17~'],
  f7: ['[18~'],
  f8: ['[19~'],
  f9: ['[20~'],
  f10: ['[21~'],
  f11: ['[23~'],
  f12: ['[24~'],
  up: ['[A', 'OA'],
  down: ['[B', 'OB'],
  right: ['[C', 'OC'],
  left: ['[D', 'OD'],
  clear: ['[E', 'OE'],
  end: ['[F', 'OF', '[4~', '[8~'],
  home: ['[H', 'OH', '[1~', '[7~'],
  insert: ['[2~'],
  delete: ['[3~'],
  pageup: ['[5~', '[[5~'],
  pagedown: ['[6~', '[[6~'],
};
// rxvt says in the code itself that a modifier was held.
const shifted = {
  up: '[a', down: '[b', right: '[c', left: '[d', clear: '[e', insert: '[2$', delete: '[3$', pageup: '[5$',
  pagedown: '[6$', home: '[7$', end: '[8$', tab: '[Z',
};
const controlled = {
  up: 'Oa', down: 'Ob', right: 'Oc', left: 'Od', clear: 'Oe', insert: '[2^', delete: '[3^', pageup: '[5^',
  pagedown: '[6^', home: '[7^', end: '[8^',
};

const byCode = new Map();
for (const name of Object.keys(names)) for (const code of names[name]) byCode.set(code, { name });
for (const name of Object.keys(shifted)) byCode.set(shifted[name], { name, shift: true });
for (const name of Object.keys(controlled)) byCode.set(controlled[name], { name, ctrl: true });
byCode.set('[200~', { name: 'paste-start' });
byCode.set('[201~', { name: 'paste-end' });

const isDigit = (character) => character >= '0' && character <= '9';

/** The number of UTF-16 units of the character at `index`. */
function charLengthAt(text, index) {
  if (text.length <= index) return 1; // Pretends to move, so that nobody hangs there.
  return text.codePointAt(index) >= 0x10000 ? 2 : 1;
}

/** The number of UTF-16 units of the character before `index`. */
function charLengthLeft(text, index) {
  if (index <= 0) return 0;
  return (index > 1 && text.codePointAt(index - 2) >= 0x10000) || text.codePointAt(index - 1) >= 0x10000 ? 2 : 1;
}

/** A generator that is fed one character at a time, '' for "nothing more came", and emits keys on `stream`. */
function* keyParser(stream) {
  for (;;) {
    let character = yield;
    let sequence = character;
    let escaped = false;
    const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };

    if (character === ESCAPE) {
      escaped = true;
      sequence += (character = yield);
      if (character === ESCAPE) sequence += (character = yield);
    }

    if (escaped && (character === 'O' || character === '[')) {
      let code = character;
      let modifier = 0;
      if (character === 'O') {
        // ESC O letter, ESC O modifier letter
        sequence += (character = yield);
        if (isDigit(character)) {
          modifier = Number(character) - 1;
          sequence += (character = yield);
        }
        code += character;
      } else {
        // ESC [ letter, ESC [ modifier letter, ESC [ [ letter, ESC [ number ~, ESC [ number ; modifier ~, and with ^
        // or $ in place of ~
        sequence += (character = yield);
        if (character === '[') {
          code += character;
          sequence += (character = yield);
        }
        const start = sequence.length - 1;
        for (let digits = 0; digits < 3 && isDigit(character); digits++) sequence += (character = yield);
        if (character === ';') {
          sequence += (character = yield);
          if (isDigit(character)) sequence += yield;
        }
        const command = sequence.slice(start);
        let match;
        if ((match = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command)) !== null) {
          if (match[4]) {
            code += match[4];
          } else {
            code += match[1] + match[3];
            modifier = (match[2] || 1) - 1;
          }
        } else if ((match = /^((\d;)?(\d))?([A-Za-z])$/.exec(command)) !== null) {
          code += match[4];
          modifier = (match[3] || 1) - 1;
        } else {
          code += command;
        }
      }
      key.ctrl = (modifier & 4) !== 0;
      key.meta = (modifier & 10) !== 0;
      key.shift = (modifier & 1) !== 0;
      key.code = code;
      const known = byCode.get(code);
      key.name = known === undefined ? 'undefined' : known.name;
      if (known?.shift) key.shift = true;
      if (known?.ctrl) key.ctrl = true;
    } else if (character === '\r') {
      key.name = 'return';
      key.meta = escaped;
    } else if (character === '\n') {
      key.name = 'enter';
      key.meta = escaped;
    } else if (character === '\t') {
      key.name = 'tab';
      key.meta = escaped;
    } else if (character === '\b' || character === '\x7f') {
      key.name = 'backspace';
      key.meta = escaped;
    } else if (character === ESCAPE) {
      key.name = 'escape';
      key.meta = escaped;
    } else if (character === ' ') {
      key.name = 'space';
      key.meta = escaped;
    } else if (!escaped && character <= '\x1a') {
      key.name = String.fromCharCode(character.charCodeAt(0) + 'a'.charCodeAt(0) - 1);
      key.ctrl = true;
    } else if (/^[0-9A-Za-z]$/.test(character)) {
      key.name = character.toLowerCase();
      key.shift = /^[A-Z]$/.test(character);
      key.meta = escaped;
    } else if (escaped) {
      // ESC and something that has no name, or ESC alone.
      key.name = character.length > 0 ? undefined : 'escape';
      key.meta = true;
    }

    key.sequence = sequence;
    if (sequence.length !== 0 && (key.name !== undefined || escaped)) {
      stream.emit('keypress', escaped ? undefined : sequence, key);
    } else if (charLengthAt(sequence, 0) === sequence.length) {
      stream.emit('keypress', sequence, key);
    }
  }
}

module.exports = { ESCAPE, charLengthAt, charLengthLeft, keyParser };
