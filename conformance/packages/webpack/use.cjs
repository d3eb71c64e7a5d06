'use strict';
const assert = require('node:assert');
const { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const webpack = require('webpack');

mkdirSync('src', { recursive: true });
rmSync('dist', { recursive: true, force: true });
writeFileSync('src/index.js', "import text from './note.txt';\nimport { used } from './part';\nimport data from './data.json';\nexport const said = [text, used, data.n, MODE];\nexport const later = () => import('./later');\n");
writeFileSync('src/part.js', "export const used = 'used';\nexport const unused = 'leave me out';\n");
writeFileSync('src/later.js', 'module.exports = 42;\n');
writeFileSync('src/data.json', '{"n": 7}');
writeFileSync('src/note.txt', 'a note');
writeFileSync('shout.cjs', 'module.exports = function (source) { return `export default ${JSON.stringify(source.toUpperCase())}`; };\n');

const config = {
  mode: 'production',
  target: 'node',
  entry: './src/index.js',
  output: { path: resolve('dist'), filename: 'main.[contenthash].js', chunkFilename: 'chunk.[id].js', library: { type: 'commonjs2' } },
  module: { rules: [{ test: /\.txt$/, use: resolve('shout.cjs') }] },
  plugins: [new webpack.DefinePlugin({ MODE: JSON.stringify('production') })],
  devtool: 'source-map',
};
webpack(config, (error, stats) => {
  assert.ifError(error);
  assert.strictEqual(stats.hasErrors(), false, stats.toString());
  const main = readdirSync('dist').find((it) => /^main\.[0-9a-f]{20}\.js$/.test(it));
  assert.ok(main);
  assert.ok(JSON.parse(readFileSync(`dist/${main}.map`, 'utf8')).mappings);
  assert.doesNotMatch(readFileSync(`dist/${main}`, 'utf8'), /leave me out/);
  const made = require(resolve('dist', main));
  assert.deepStrictEqual(made.said, ['A NOTE', 'used', 7, 'production']);
  made.later().then((it) => assert.strictEqual(it.default, 42));
  webpack({ ...config, mode: 'development', entry: './src/missing.js', devtool: false }, (failure, failed) => {
    assert.ifError(failure);
    assert.match(failed.toJson().errors[0].message, /Can't resolve '\.\/src\/missing\.js'/);
  });
});
