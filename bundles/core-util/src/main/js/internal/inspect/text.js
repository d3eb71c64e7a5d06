'use strict';

// Text as a terminal shows it: quoting, width in columns, control sequences.

const needsEscape = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const escaped = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escapedButQuote = new RegExp(escaped.source.replace('\\x27', ''), 'g');

const named = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\', "'": "\\'" };

function escapeChar(char) {
  const name = named[char];
  if (name !== undefined) return name;
  const hex = char.charCodeAt(0).toString(16);
  return char > '\xff' ? `\\u${hex}` : `\\x${hex.toUpperCase().padStart(2, '0')}`;
}

// The string as a literal, in the kind of quotes that needs the fewest escapes.
function quote(text) {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  if (text.length < 5000 && !needsEscape.test(text)) return mark + text + mark;
  return mark + text.replace(mark === "'" ? escaped : escapedButQuote, escapeChar) + mark;
}

// Escapes without quotes, as keys in brackets and symbols have it.
function escape(text) {
  return text.replace(escapedButQuote, escapeChar);
}

// CSI and OSC sequences, with 7-bit and 8-bit introducers; links and their texts end with BEL or ST.
const controlSequences = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*(?:' +
  '(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?(?:\\u0007|\\u001B\\u005C|\\u009C))' +
  '|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))', 'g');

function stripVTControlCharacters(text) {
  require('internal/validators').validateString(text, 'str');
  if (!text.includes('\u001b') && !text.includes('\u009b')) return text;
  return text.replace(controlSequences, '');
}

function removeColors(text) {
  return text.includes('\u001b') ? text.replace(/\u001b\[\d\d?m/g, '') : text;
}

function isFullWidth(code) {
  return code >= 0x1100 && (
    code <= 0x115f || code === 0x2329 || code === 0x232a ||
    (code >= 0x2e80 && code <= 0x3247 && code !== 0x303f) || (code >= 0x3250 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa4c6) || (code >= 0xa960 && code <= 0xa97c) || (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe10 && code <= 0xfe19) || (code >= 0xfe30 && code <= 0xfe6b) ||
    (code >= 0xff01 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1b000 && code <= 0x1b001) ||
    (code >= 0x1f200 && code <= 0x1f251) || (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd));
}

function isZeroWidthCodePoint(code) {
  return code <= 0x1f || (code >= 0x7f && code <= 0x9f) || (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) || (code >= 0x20d0 && code <= 0x20ff) || (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0xfe20 && code <= 0xfe2f) || (code >= 0xe0100 && code <= 0xe01ef);
}

// Columns that the text takes in a terminal.
function getStringWidth(text, removeControlChars = true) {
  if (removeControlChars) text = stripVTControlCharacters(text);
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0);
    if (isFullWidth(code)) width += 2;
    else if (!isZeroWidthCodePoint(code)) width++;
  }
  return width;
}

module.exports = {
  quote, escape, stripVTControlCharacters, removeColors, isZeroWidthCodePoint, getStringWidth,
};
