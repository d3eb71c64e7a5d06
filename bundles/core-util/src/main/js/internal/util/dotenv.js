'use strict';

// The format of .env files: KEY=value lines; values bare, or in single, double or back quotes, in which they may have several lines.

function parse(content) {
  const result = { __proto__: null };
  const text = content.replace(/\r\n?/g, '\n');
  let at = 0;
  while (at < text.length) {
    while (at < text.length && /\s/.test(text[at])) at++;
    if (at >= text.length) break;
    const lineEnd = indexOrEnd(text, '\n', at);
    if (text[at] === '#') {
      at = lineEnd + 1;
      continue;
    }
    const equals = text.indexOf('=', at);
    if (equals === -1 || equals > lineEnd) {
      at = lineEnd + 1;
      continue;
    }
    let key = text.slice(at, equals).trim();
    if (key.startsWith('export ')) key = key.slice(7).trim();
    if (key === '') {
      at = lineEnd + 1;
      continue;
    }
    let start = equals + 1;
    while (start < lineEnd && (text[start] === ' ' || text[start] === '\t')) start++;
    const quote = text[start];
    if (start < text.length && (quote === '"' || quote === "'" || quote === '`')) {
      const end = text.indexOf(quote, start + 1);
      if (end !== -1) {
        let value = text.slice(start + 1, end);
        if (quote === '"') value = value.replaceAll('\\n', '\n');
        result[key] = value;
        at = indexOrEnd(text, '\n', end) + 1;
        continue;
      }
    }
    let value = text.slice(start, lineEnd);
    const comment = value.indexOf('#');
    if (comment !== -1) value = value.slice(0, comment);
    result[key] = value.trim();
    at = lineEnd + 1;
  }
  return result;
}

function indexOrEnd(text, char, from) {
  const index = text.indexOf(char, from);
  return index === -1 ? text.length : index;
}

module.exports = { parse };
