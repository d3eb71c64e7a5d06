import assert from 'node:assert';
import * as babel from '@babel/core';

const { code, map } = await babel.transformAsync('const [a, ...rest] = list; class B extends C { #x = 1; async m() { for await (const it of this) yield_(it?.y ?? 2 ** 3) } }', {
  presets: [['@babel/preset-env', { targets: 'ie 11' }]], sourceMaps: true, configFile: false, babelrc: false, filename: 'in.js',
});
assert.doesNotMatch(code, /=>|class B|\?\.|\*\*|#x/);
assert.match(code, /_toArray/);
assert.strictEqual(map.version, 3);
assert.match((await babel.transformAsync('let x = a ?? b', { presets: [['@babel/preset-env', { targets: { node: '26' } }]], configFile: false })).code, /a \?\? b/);

const reverse = () => ({ visitor: { Identifier(path) { path.node.name = [...path.node.name].reverse().join(''); } } });
assert.strictEqual((await babel.transformAsync('abc + def;', { plugins: [reverse], configFile: false })).code, 'cba + fed;');
const ast = await babel.parseAsync('function square(n) { return n * n; }', { configFile: false });
const seen = [];
babel.traverse(ast, { Identifier: (path) => { seen.push(path.node.name); } });
assert.deepStrictEqual(seen, ['square', 'n', 'n', 'n']);
assert.strictEqual(babel.types.isFunctionDeclaration(ast.program.body[0]), true);
const made = babel.template.default ? babel.template.default('const NAME = VALUE;') : babel.template('const NAME = VALUE;');
assert.strictEqual(made({ NAME: babel.types.identifier('x'), VALUE: babel.types.numericLiteral(1) }).declarations[0].id.name, 'x');
await assert.rejects(babel.transformAsync('let = = 1', { configFile: false }), (error) => error.code === 'BABEL_PARSE_ERROR' || error.name === 'SyntaxError');
