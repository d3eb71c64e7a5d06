'use strict';

// The text of the call at a place in a file, for `assert(expression)`: what stands there up to the closing parenthesis, at most to
// the end of the line.

function readLine(site) {
  if (site.sourceLine) return site.sourceLine;
  let file = site.scriptName;
  if (!file) return undefined;
  try {
    if (file.startsWith('file:')) file = require('url').fileURLToPath(file);
    return require('fs').readFileSync(file, 'utf8').split('\n')[site.lineNumber - 1];
  } catch {
    return undefined;
  }
}

function callText(line, column) {
  const open = line.indexOf('(', column);
  if (open === -1) return line.slice(column);
  let depth = 0;
  for (let i = open; i < line.length; i++) {
    const char = line[i];
    if (char === '(' || char === '[' || char === '{') {
      depth++;
    } else if (char === ')' || char === ']' || char === '}') {
      if (--depth === 0) return line.slice(column, i + 1);
    } else if (char === '"' || char === "'" || char === '`') {
      i = endOfString(line, i);
    } else if (char === '/') {
      if (line[i + 1] === '/') return line.slice(column);
      if (line[i + 1] === '*') {
        const end = line.indexOf('*/', i + 2);
        if (end === -1) return line.slice(column);
        i = end + 1;
      } else if (startsRegExp(line, i)) {
        i = endOfRegExp(line, i);
      }
    }
  }
  return line.slice(column);
}

function endOfString(line, start) {
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === line[start]) return i;
  }
  return line.length;
}

// After an operator or an opening bracket a slash begins a regular expression; after a value it divides.
function startsRegExp(line, slash) {
  const before = line.slice(0, slash).trimEnd();
  return before === '' || /(?:[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|in|of|void|case))$/.test(before);
}

function endOfRegExp(line, start) {
  let inClass = false;
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '[') inClass = true;
    else if (line[i] === ']') inClass = false;
    else if (line[i] === '/' && !inClass) return i;
  }
  return line.length;
}

function sourceExpression() {
  const runtime = require('internal/runtime');
  const sites = (runtime.getCallSites ?? runtime.details.getCallSites)(20);
  const site = sites.find(({ scriptName }) => scriptName && !scriptName.startsWith('node:'));
  if (site === undefined) return undefined;
  const line = readLine(site);
  if (line === undefined) return undefined;
  let column = (site.columnNumber ?? site.column) - 1;
  // Where the engine names the property, the object before it belongs to the call.
  const before = /(?:[\p{ID_Continue}$]+\s*(?:\??\.\s*|\[\s*['"]?))+$/u.exec(line.slice(0, column));
  if (before !== null) column -= before[0].length;
  return callText(line, column).replace(/[\x00-\x08\x0b-\x1f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

module.exports = { sourceExpression };
