'use strict';

// TypeScript as Node.js takes it: types are blanked out, line by line and column by column; what would need code of its own is refused.

const { codes } = require('internal/errors');

const OPTIONS = {
  sourceType: 'unambiguous',
  plugins: ['typescript', 'explicitResourceManagement', 'decorators', 'decoratorAutoAccessors'],
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowNewTargetOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  attachComment: false,
  errorRecovery: false,
};

/** Blanks the types of a source; throws what Node.js throws for syntax that is wrong or not erasable. */
function stripTypes(source, filename = '') {
  const { blankTypes } = require('internal/typescript/blanking');
  let tree;
  try {
    tree = require('internal/deps/babel-parser/lib/index').parse(source, OPTIONS);
  } catch (error) {
    if (error?.code !== 'BABEL_PARSER_SYNTAX_ERROR') throw error;
    const message = error.message.replace(/ \(\d+:\d+\)$/, '');
    throw locate(new codes.ERR_INVALID_TYPESCRIPT_SYNTAX(message), source, filename, error.pos, error.pos + 1);
  }
  return blankTypes(source, tree.program, (node, message) => {
    throw locate(new codes.ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX(message), source, filename, node.start, node.end);
  });
}

/** Puts the place, the line and carets below it above the stack. */
function locate(error, source, filename, start, end) {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = source.indexOf('\n', start);
  const text = source.slice(lineStart, lineEnd === -1 ? source.length : lineEnd);
  const line = source.slice(0, lineStart).split('\n').length;
  const width = Math.max(1, Math.min(end, lineStart + text.length) - start);
  error.stack = `${filename}:${line}\n${text}\n${' '.repeat(start - lineStart)}${'^'.repeat(width)}\n\n${error.stack}`;
  return error;
}

/** The syntax tree of a script that may await. */
function parseScript(source) {
  const plugins = ['explicitResourceManagement'];
  return require('internal/deps/babel-parser/lib/index').parse(source, { ...OPTIONS, sourceType: 'script', plugins }).program;
}

module.exports = { parseScript, stripTypes };
