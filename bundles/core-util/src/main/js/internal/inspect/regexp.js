'use strict';

// Colors for regular expressions. Each nesting level takes the next colors of the palette; what a token is decides how far on:
// delimiters 1, literals 2, details of a quantifier and ranges 3, quantifiers and assertions 4.

const fallbackColors = ['green', 'red', 'yellow', 'cyan', 'magenta'];
const kReference = 0;
const kDelimiter = 1;
const kLiteral = 2;
const kDetail = 3;
const kOperator = 4;

function highlight(text, names, colors) {
  const palette = (Array.isArray(names) && names.length > 0 ? names : fallbackColors).map((name) => colors[name]);
  let out = '';
  let depth = 0;
  let i = 1;

  const emit = (token, offset, level = depth) => {
    const color = palette[Math.max(0, level + offset) % palette.length];
    out += color === undefined ? token : `\u001b[${color[0]}m${token}\u001b[${color[1]}m`;
  };

  // `\u{...}`, `\p{...}` and `\k<...>` have parts of their own.
  const braced = (level, open, close, delimiterOffset) => {
    const end = text.indexOf(close, i + open.length);
    if (end === -1) {
      emit(open, kLiteral, level);
      i += open.length;
      return;
    }
    emit(open, delimiterOffset, level);
    emit(text.slice(i + open.length, end), delimiterOffset + 1, level);
    emit(close, delimiterOffset, level);
    i = end + 1;
  };

  const escapeSequence = (level) => {
    const two = text.slice(i, i + 3);
    if (two === '\\u{' || two === '\\p{' || two === '\\P{') return braced(level, two, '}', kDelimiter);
    if (two === '\\k<') return braced(level, two, '>', kReference);
    const token = /^\\(?:x[0-9a-fA-F]{2}|c[a-zA-Z]|\d+|[^])/.exec(text.slice(i))?.[0] ?? text[i];
    emit(token, kLiteral, level);
    i += token.length;
  };

  const characterClass = () => {
    const level = depth;
    emit('[', kDelimiter, level);
    i++;
    if (text[i] === '^') {
      emit('^', kLiteral, level);
      i++;
    }
    let hasStart = false; // of a range
    while (i < text.length && text[i] !== ']') {
      if (text[i] === '\\') {
        const before = text.slice(i, i + 3);
        const isBraced = before === '\\u{' || before === '\\p{' || before === '\\P{';
        escapeSequence(isBraced ? level + 1 : level);
        hasStart = true;
      } else if (text[i] === '-' && hasStart && i + 1 < text.length && text[i + 1] !== ']') {
        emit('-', kDetail, level);
        i++;
        hasStart = false;
      } else {
        emit(text[i++], kLiteral, level);
        hasStart = true;
      }
    }
    if (i < text.length) {
      emit(']', kDelimiter, level);
      i++;
    }
  };

  emit('/', 0, 0);
  while (i < text.length) {
    const char = text[i];
    if (char === '/') break;
    if (char === '\\') {
      escapeSequence(depth);
    } else if (char === '[') {
      characterClass();
    } else if (char === '(') {
      emit('(', kDelimiter);
      i++;
      if (text[i] === '?') {
        const kind = /^\?(?:<=|<!|<|[:=!]|[a-zA-Z-]*:?)/.exec(text.slice(i, i + 10))[0];
        emit(kind, kDelimiter);
        i += kind.length;
        if (kind === '?<') {
          const end = text.indexOf('>', i);
          if (end !== -1) {
            emit(text.slice(i, end), kLiteral);
            emit('>', kDelimiter);
            i = end + 1;
          }
        }
      }
      depth++;
    } else if (char === ')') {
      depth--;
      emit(')', kDelimiter);
      i++;
    } else if (char === '{') {
      const quantifier = /^\{(\d+)(,?)(\d*)\}/.exec(text.slice(i));
      if (quantifier === null) {
        emit('{', kLiteral);
        i++;
      } else {
        emit('{', kDelimiter);
        emit(quantifier[1], kDetail);
        if (quantifier[2] !== '') emit(',', kLiteral);
        if (quantifier[3] !== '') emit(quantifier[3], kDetail);
        emit('}', kDelimiter);
        i += quantifier[0].length;
      }
    } else if (char === '.') {
      emit('.', kDetail);
      i++;
    } else if (char === '*' || char === '+' || char === '?' || char === '|' || char === ',' || char === '^' || char === '$') {
      emit(char, kOperator);
      i++;
    } else {
      emit(char, kLiteral);
      i++;
    }
  }
  emit('/', 0, 0);
  const flags = text.slice(i + 1);
  if (flags !== '') emit(flags, kDelimiter, 0);
  return out;
}

module.exports = { highlight };
