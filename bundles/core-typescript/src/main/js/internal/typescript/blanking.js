'use strict';

// Replaces what is only there for the type checker by spaces. Node types are those of Babel's parser (ESTree with the names of the
// TypeScript AST); each kind that is to go has a rule here, all others are walked through.

const MODIFIERS = /\b(?:public|private|protected|readonly|override|abstract|declare)\b/y;
const NOT_ERASABLE = {
  __proto__: null,
  TSExportAssignment: 'TypeScript export assignment is not supported in strip-only mode',
  TSNamespaceExportDeclaration: 'TypeScript namespace export declaration is not supported in strip-only mode',
  TSParameterProperty: 'TypeScript parameter property is not supported in strip-only mode',
  TSTypeAssertion: 'The angle-bracket syntax for type assertions, `<T>expr`, is not supported in type strip mode. Instead, use the ' +
    "'as' syntax: `expr as T`.",
};

class Blanking {
  constructor(source, refuse) {
    this.source = source;
    this.refuse = refuse;
    this.text = source.split('');
  }

  /** Line breaks stay. */
  blank(start, end) {
    for (let i = start; i < end; i++) {
      const character = this.text[i];
      if (character !== '\n' && character !== '\r' && character !== '\u2028' && character !== '\u2029') this.text[i] = ' ';
    }
  }

  blankNode(node) {
    this.blank(node.start, node.end);
  }

  /** The first place from `at` on that is neither white space nor a comment. */
  skipBlanks(at) {
    const { source } = this;
    for (;;) {
      while (at < source.length && /\s/.test(source[at])) at++;
      if (source.startsWith('//', at)) {
        const end = source.indexOf('\n', at);
        at = end === -1 ? source.length : end;
      } else if (source.startsWith('/*', at)) {
        at = source.indexOf('*/', at) + 2;
      } else {
        return at;
      }
    }
  }

  blankCharacter(at, character) {
    const found = this.skipBlanks(at);
    if (this.source[found] === character) this.blank(found, found + 1);
  }

  /** With the comma that follows. */
  blankElement(node) {
    this.blankNode(node);
    this.blankCharacter(node.end, ',');
  }

  walk(node) {
    if (Array.isArray(node)) {
      for (const item of node) this.walk(item);
    } else if (node !== null && typeof node === 'object' && typeof node.type === 'string') {
      const rule = rules[node.type];
      if (rule !== undefined) rule.call(this, node);
      else if (NOT_ERASABLE[node.type] !== undefined) this.refuseNode(node);
      else if (node.type.startsWith('TS')) this.blankNode(node);
      else this.walkParts(node);
    }
  }

  walkParts(node) {
    for (const key of Object.keys(node)) {
      const part = node[key];
      if (part !== null && typeof part === 'object' && key !== 'loc' && key !== 'extra' && key !== 'errors' && key !== 'tokens') this.walk(part);
    }
  }

  refuseNode(node) {
    // The name of a parameter property is what Node.js points at.
    this.refuse(node.type === 'TSParameterProperty' ? node.parameter : node, NOT_ERASABLE[node.type]);
  }

  /** The words before the name of a class member, other than those that JavaScript knows. */
  blankModifiers(member) {
    let at = member.decorators?.length > 0 ? member.decorators.at(-1).end : member.start;
    let first = -1;
    while ((at = this.skipBlanks(at)) < member.key.start) {
      MODIFIERS.lastIndex = at;
      const found = MODIFIERS.exec(this.source);
      if (found !== null && at + found[0].length <= member.key.start) {
        if (first === -1) first = at;
        this.blank(at, at + found[0].length);
        at += found[0].length;
      } else if (/\w/.test(this.source[at])) {
        while (/\w/.test(this.source[at])) at++;
      } else {
        // [ or *: without the word they could go on with the member before.
        if (first !== -1 && this.text.slice(member.start, at).join('').trim() === '') this.text[first] = ';';
        return;
      }
    }
  }

  /** The mark of an optional or definitely assigned member, after its name. */
  blankMark(member) {
    let at = this.skipBlanks(member.key.end);
    if (member.computed && this.source[at] === ']') at++;
    if (member.optional) this.blankCharacter(at, '?');
    if (member.definite) this.blankCharacter(at, '!');
  }

  member(node) {
    if (node.declare || (node.abstract && node.type !== 'ClassMethod')) {
      this.blankNode(node);
      return;
    }
    this.blankModifiers(node);
    this.blankMark(node);
    if (node.params !== undefined) this.callable(node);
    else this.walkParts(node);
  }

  callable(node) {
    const [first] = node.params;
    let { params } = node;
    if (first?.type === 'Identifier' && first.name === 'this') {
      this.blankElement(first);
      params = params.slice(1);
    }
    for (const key of ['decorators', 'key', 'id', 'typeParameters', 'returnType', 'predicate']) this.walk(node[key]);
    this.walk(params);
    this.walk(node.body);
    if (node.type === 'ArrowFunctionExpression' && node.returnType) this.joinArrow(node.returnType);
  }

  /** No line break may stand between the parameters and the arrow: the parenthesis moves behind the blanked type. */
  joinArrow({ start, end }) {
    if (!/[\n\r\u2028\u2029]/.test(this.source.slice(start, end))) return;
    const close = this.source.lastIndexOf(')', start);
    this.text[close] = ' ';
    this.text[end - 1] = ')';
  }

  /** The expression stays, what is said of it goes. */
  assertion(node) {
    this.walk(node.expression);
    this.blank(node.expression.extra?.parenthesized ? this.closing(node.expression) : node.expression.end, node.end);
    const next = this.skipBlanks(node.end);
    // The line break that ended the statement after a type does not end it after an expression.
    if (/[\n\r]/.test(this.source.slice(node.end, next)) && /[([`]/.test(this.source[next] ?? '')) {
      this.text[this.skipBlanks(node.expression.end)] = ';';
    }
  }

  /** Behind the parenthesis that closes around an expression. */
  closing(expression) {
    let at = expression.end;
    for (let depth = parentheses(this.source, expression); depth > 0; depth--) at = this.source.indexOf(')', at) + 1;
    return at;
  }

  declaration(node) {
    const { declaration } = node;
    if (isTypeOnly(declaration)) {
      this.checkNamespace(declaration);
      this.blankNode(node);
    } else {
      this.walkParts(node);
    }
  }

  checkNamespace(node) {
    if (node.type === 'TSModuleDeclaration' && node.kind === 'module' && node.id.type !== 'StringLiteral') {
      this.refuse({ start: node.start, end: node.id.end }, '`module` keyword is not supported. Use `namespace` instead.');
    }
  }
}

function parentheses(source, expression) {
  let depth = 1;
  for (let at = expression.extra.parenStart - 1; at >= 0 && /[\s(]/.test(source[at]) && source[at] === '('; at--) depth++;
  return depth;
}

/** Whether a namespace holds nothing that would be there at run time. */
function isTypeOnly(node) {
  switch (node?.type) {
    case 'TSInterfaceDeclaration': case 'TSTypeAliasDeclaration': case 'TSDeclareFunction': return true;
    case 'TSEnumDeclaration': case 'ClassDeclaration': case 'VariableDeclaration': case 'FunctionDeclaration': return node.declare === true;
    case 'TSModuleDeclaration': return node.declare === true || hasOnlyTypes(node.body);
    case 'ExportNamedDeclaration': return node.exportKind === 'type' || (node.declaration != null && isTypeOnly(node.declaration));
    case 'ImportDeclaration': return node.importKind === 'type';
    case 'TSImportEqualsDeclaration': return node.importKind === 'type';
    default: return false;
  }
}

function hasOnlyTypes(body) {
  return body.type === 'TSModuleDeclaration' ? isTypeOnly(body) : body.body.every(isTypeOnly);
}

const rules = {
  __proto__: null,
  Identifier(node) {
    if (node.optional) this.blankCharacter(node.start + node.name.length, '?');
    this.walk(node.typeAnnotation);
    this.walk(node.decorators);
  },
  VariableDeclaration(node) {
    if (node.declare) this.blankNode(node);
    else this.walkParts(node);
  },
  VariableDeclarator(node) {
    if (node.definite) this.blankCharacter(node.start + node.id.name.length, '!');
    this.walkParts(node);
  },
  ImportDeclaration(node) {
    if (node.importKind === 'type') this.blankNode(node);
    else for (const specifier of node.specifiers) if (specifier.importKind === 'type') this.blankElement(specifier);
  },
  ExportNamedDeclaration(node) {
    if (node.exportKind === 'type' && node.declaration == null) {
      this.blankNode(node);
      return;
    }
    for (const specifier of node.specifiers) if (specifier.exportKind === 'type') this.blankElement(specifier);
    if (node.declaration != null) this.declaration(node);
  },
  ExportDefaultDeclaration(node) {
    this.declaration(node);
  },
  ExportAllDeclaration(node) {
    if (node.exportKind === 'type') this.blankNode(node);
  },
  TSImportEqualsDeclaration(node) {
    if (node.importKind === 'type') this.blankNode(node);
    else this.refuse(node, 'TypeScript import equals declaration is not supported in strip-only mode');
  },
  TSEnumDeclaration(node) {
    if (node.declare) this.blankNode(node);
    else this.refuse(node, 'TypeScript enum is not supported in strip-only mode');
  },
  TSModuleDeclaration(node) {
    this.checkNamespace(node);
    if (isTypeOnly(node)) this.blankNode(node);
    else this.refuse(node, 'TypeScript namespace declaration is not supported in strip-only mode');
  },
  TSAsExpression(node) { this.assertion(node); },
  TSSatisfiesExpression(node) { this.assertion(node); },
  TSNonNullExpression(node) {
    this.walk(node.expression);
    this.blank(node.end - 1, node.end);
  },
  TSInstantiationExpression(node) {
    this.walk(node.expression);
    this.walk(node.typeParameters ?? node.typeArguments);
  },
  ClassDeclaration(node) {
    if (node.declare) this.blankNode(node);
    else rules.ClassExpression.call(this, node);
  },
  ClassExpression(node) {
    if (node.abstract) {
      const at = this.source.slice(0, this.source.indexOf('class', node.start)).lastIndexOf('abstract');
      if (at !== -1) this.blank(at, at + 'abstract'.length);
    }
    if (node.implements?.length > 0) {
      const at = this.source.lastIndexOf('implements', node.implements[0].start - 1);
      this.blank(at, node.implements.at(-1).end);
    }
    for (const key of ['decorators', 'typeParameters', 'superClass', 'superTypeParameters', 'superTypeArguments', 'body']) this.walk(node[key]);
  },
  ClassProperty(node) { this.member(node); },
  ClassPrivateProperty(node) { this.member(node); },
  ClassAccessorProperty(node) { this.member(node); },
  ClassMethod(node) { this.member(node); },
  ClassPrivateMethod(node) { this.member(node); },
  FunctionDeclaration(node) { this.callable(node); },
  FunctionExpression(node) { this.callable(node); },
  ArrowFunctionExpression(node) { this.callable(node); },
  ObjectMethod(node) { this.callable(node); },
  TSDeclareMethod(node) {
    for (const parameter of node.params) if (parameter.type === 'TSParameterProperty') this.refuseNode(parameter);
    this.blankNode(node);
  },
};

function blankTypes(source, program, refuse) {
  const blanking = new Blanking(source, refuse);
  blanking.walk(program.body);
  return blanking.text.join('');
}

module.exports = { blankTypes };
