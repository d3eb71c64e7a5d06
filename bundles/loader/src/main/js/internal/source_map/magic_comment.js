'use strict';

// The URL of a file's source map: the last comment of the form `//# sourceMappingURL=...` that is a comment indeed and no part of
// a string or a template.

const MAGIC = /^[#@][ \t]sourceMappingURL=[ \t]*([^\s'"]+)\s*$/;
const OPERAND_FOLLOWS = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|instanceof|yield|await))$/;

function endOf(source, from, terminator) {
  const end = source.indexOf(terminator, from);
  return end === -1 ? source.length : end;
}

function skipString(source, at) {
  const quote = source[at++];
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipRegExp(source, at) {
  let inClass = false;
  for (at++; at < source.length && source[at] !== '\n'; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return at;
}

/** The position behind a template's text: after its end, or after the `${` of a substitution. */
function skipTemplate(source, at) {
  while (at < source.length) {
    if (source[at] === '\\') at += 2;
    else if (source[at] === '`') return { at: at + 1, open: false };
    else if (source[at] === '$' && source[at + 1] === '{') return { at: at + 2, open: true };
    else at++;
  }
  return { at, open: false };
}

function sourceMapUrl(source) {
  if (!source.includes('sourceMappingURL=')) return undefined;
  let found;
  let before = ''; // the last few characters of code, which tell a division from a regular expression
  const braces = []; // for each open brace whether it ends a substitution of a template
  let wordBreak = false;
  let at = 0;
  const template = (from) => {
    const { at: next, open } = skipTemplate(source, from);
    if (open) braces.push(true);
    before = open ? '{' : '`';
    return next;
  };
  while (at < source.length) {
    const char = source[at];
    const next = source[at + 1];
    if (char === '/' && next === '/') {
      const end = endOf(source, at, '\n');
      found = MAGIC.exec(source.slice(at + 2, end))?.[1] ?? found;
      at = end;
    } else if (char === '/' && next === '*') {
      const end = endOf(source, at + 2, '*/');
      found = MAGIC.exec(source.slice(at + 2, end))?.[1] ?? found;
      at = end + 2;
    } else if (char === '"' || char === "'") {
      at = skipString(source, at);
      before = char;
    } else if (char === '`') {
      at = template(at + 1);
    } else if (char === '/' && OPERAND_FOLLOWS.test(before)) {
      at = skipRegExp(source, at);
      before = '/';
    } else {
      at++;
      if (char === '{') braces.push(false);
      if (char === '}' && braces.pop() === true) at = template(at);
      else if (char.trim() !== '') before = wordBreak ? char : before.slice(-10) + char;
      wordBreak = char.trim() === '';
    }
  }
  // Where a slash was taken for what it is not, the last line still is what it mostly is.
  return found ?? MAGIC.exec(/(?:^|\n)\/\/([^\n]*)\s*$/.exec(source)?.[1])?.[1];
}

module.exports = { sourceMapUrl };
