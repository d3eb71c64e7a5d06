'use strict';

// Input with `await` outside of functions: its declarations go to the global scope, the rest into an async function.

function hasAwait(node, isInFunction) {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some((each) => hasAwait(each, isInFunction));
  if (typeof node.type !== 'string') return false;
  if (/Function|^(Object|Class|ClassPrivate)Method$/.test(node.type)) return false;
  if (node.type === 'AwaitExpression') return true;
  if (node.type === 'ForOfStatement' && node.await) return true;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true;
  for (const key of Object.keys(node)) {
    if (key !== 'loc' && key !== 'type' && hasAwait(node[key])) return true;
  }
  return false;
}

function namesOf(pattern, names = []) {
  switch (pattern?.type) {
    case 'Identifier': names.push(pattern.name); break;
    case 'ObjectPattern': for (const each of pattern.properties) namesOf(each.type === 'RestElement' ? each.argument : each.value, names); break;
    case 'ArrayPattern': for (const each of pattern.elements) namesOf(each, names); break;
    case 'AssignmentPattern': namesOf(pattern.left, names); break;
    case 'RestElement': namesOf(pattern.argument, names); break;
    default:
  }
  return names;
}

// The engine cannot assign to a variable of the global scope what it has awaited in the same expression.
const ASSIGN = 'await (async () => (';
const assigned = (target) => `))().then(($value) => (${target} = $value))`;

/**
 * The text of an async function's call that does what `code` does, and the declarations to run before it; null if nothing is awaited
 * or the text is no program.
 */
function wrapAwait(code) {
  let program;
  try {
    program = require('internal/typescript').parseScript(code);
  } catch {
    return null;
  }
  if (!hasAwait(program.body)) return null;
  const declared = [];
  const edits = []; // [start, end, text]
  const declare = (declaration, isStatement) => {
    declared.push(...declaration.declarations.flatMap((each) => namesOf(each.id)));
    if (!isStatement) {
      edits.push([declaration.start, declaration.declarations[0].start, '']);
      return;
    }
    // Assignments, in parentheses, as they may begin with a brace.
    let { start } = declaration;
    for (const each of declaration.declarations) {
      const separator = start === declaration.start ? '' : '; ';
      if (each.init === null || each.init === undefined) {
        edits.push([start, each.end, `${separator}(${code.slice(each.start, each.end)} = undefined)`]);
      } else {
        edits.push([start, each.init.start, separator + ASSIGN], [each.init.end, each.end, assigned(code.slice(each.id.start, each.id.end))]);
      }
      start = each.end;
    }
  };
  const before = [];
  program.body.forEach((node, i) => {
    const isLast = i === program.body.length - 1;
    switch (node.type) {
      case 'VariableDeclaration':
        if (!/using/.test(node.kind)) declare(node, true);
        break;
      case 'ClassDeclaration':
        declared.push(node.id.name);
        edits.push([node.start, node.start, `${node.id.name} = `]);
        break;
      case 'FunctionDeclaration':
        before.push(`var ${node.id.name};`);
        edits.push([node.start, node.start, `this.${node.id.name} = ${node.id.name}; `]);
        break;
      case 'ForStatement':
        if (node.init?.type === 'VariableDeclaration' && node.init.kind === 'var') declare(node.init, false);
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type === 'VariableDeclaration' && node.left.kind === 'var') declare(node.left, false);
        break;
      case 'ExpressionStatement':
        if (isLast) edits.push([node.start, node.start, 'return { __proto__: null, value: (']);
        if (node.expression.type === 'AssignmentExpression' && node.expression.operator === '=' && !node.expression.extra?.parenthesized) {
          const { left, right } = node.expression;
          edits.push([node.start, right.start, ASSIGN], [right.end, right.end, assigned(code.slice(left.start, left.end))]);
        }
        if (isLast) edits.push([node.expression.end, node.expression.end, ') }']);
        break;
      default:
    }
  });
  if (declared.length > 0) before.push(`let ${[...new Set(declared)].join(', ')};`);
  edits.sort((a, b) => a[0] - b[0]); // Stable: what was added first comes first.
  let text = '';
  let at = 0;
  for (const [start, end, replacement] of edits) {
    text += code.slice(at, start) + replacement;
    at = Math.max(at, end);
  }
  text += code.slice(at);
  return { declarations: before.join(' '), text: `(async () => { ${text}\n})()` };
}

module.exports = { wrapAwait };
