'use strict';

// Whether input is a program, the start of one, or neither.

const runtime = require('internal/runtime');

/** What an evaluator answers when the input may go on in the next line. */
class Recoverable extends SyntaxError {
  constructor(error) {
    super();
    this.err = error;
  }
}

const AT_END = /^(Unexpected end of input|Unterminated template|missing \) after argument list|Unterminated (multiline )?comment|Unexpected end of)/i;
const WITHOUT_END = /\b(end of input|eof|unterminated template|template literal|comment)\b/i;

/** Whether more input could make a program of `code`. */
function isRecoverable(error, code) {
  if (error?.name !== 'SyntaxError') return false;
  const { message } = error;
  if (/^Unterminated template|^Missing close quote `|Unterminated comment|multi-?line comment/i.test(message)) return true;
  if (/^(Invalid or unexpected token|Missing close quote|Unterminated string)/i.test(message)) {
    // A string that goes on: its line ends with a backslash.
    return /\\\n?$/.test(code);
  }
  if (/Invalid regular expression: missing \//.test(message)) return false;
  if (AT_END.test(message) && message.startsWith('Unexpected end')) return true;
  if (WITHOUT_END.test(message)) return true;
  const location = runtime.locate(error);
  if (location === undefined) return false;
  // The parser stopped where there is nothing left.
  const lines = code.split('\n');
  const rest = [(lines[location.line - 1] ?? '').slice(location.column - 1), ...lines.slice(location.line)].join('\n');
  return rest.trim() === '';
}

function isObjectLiteral(code) {
  return /^\s*\{/.test(code) && !/;\s*$/.test(code);
}

/** Whether the text is a program, or an expression in braces. */
function isValidSyntax(code) {
  for (const text of [code, `_=${code}`]) {
    try {
      new (require('vm').Script)(text, { filename: 'repl' });
      return true;
    } catch {
      // The next form.
    }
  }
  return false;
}

module.exports = { Recoverable, isObjectLiteral, isRecoverable, isValidSyntax };
