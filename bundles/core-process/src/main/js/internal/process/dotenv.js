'use strict';

// The format of .env files: NAME=value lines, with comments, quotes of three kinds (which may span lines) and `export`.

function parseEnv(content) {
  const text = content.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const result = {};
  let at = 0;
  const lineEnd = (from) => {
    const end = text.indexOf('\n', from);
    return end === -1 ? text.length : end;
  };
  while (at < text.length) {
    if (/\s/.test(text[at])) {
      at++;
      continue;
    }
    const end = lineEnd(at);
    if (text[at] === '#') {
      at = end + 1;
      continue;
    }
    const equals = text.indexOf('=', at);
    if (equals === -1 || equals > end) {
      at = end + 1;
      continue;
    }
    let key = text.slice(at, equals).trim();
    if (key.startsWith('export ')) key = key.slice(7).trim();
    if (key === '') {
      at = end + 1;
      continue;
    }
    let start = equals + 1;
    while (start < end && /\s/.test(text[start])) start++;
    const quote = text[start];
    if (start < end && (quote === '"' || quote === "'" || quote === '`')) {
      const close = text.indexOf(quote, start + 1);
      if (close !== -1) {
        const value = text.slice(start + 1, close);
        result[key] = quote === '"' ? value.replaceAll('\\n', '\n') : value;
        at = lineEnd(close + 1) + 1;
        continue;
      }
    }
    const line = text.slice(start, end);
    const comment = line.indexOf('#');
    result[key] = (comment === -1 ? line : line.slice(0, comment)).trim();
    at = end + 1;
  }
  return result;
}

module.exports = { parseEnv };
