import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { ESLint, Linter, RuleTester } from 'eslint';

const messages = new Linter().verify('const foo = 1; var bar;', [js.configs.recommended, { rules: { 'no-var': 'warn', semi: 'error' } }], 'foo.js');
assert.deepStrictEqual(messages.map((it) => [it.ruleId, it.severity]), [['no-unused-vars', 2], ['no-var', 1], ['no-unused-vars', 2]]);

writeFileSync('bad.mjs', 'let answer = 42\nif (answer == "42") { debugger }\n');
const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [js.configs.recommended, { rules: { 'prefer-const': 'error', eqeqeq: 'error' } }], fix: true });
const [result] = await eslint.lintFiles(['bad.mjs']);
assert.match(result.output, /^const answer = 42/);
assert.deepStrictEqual(result.messages.map((it) => it.ruleId).sort(), ['eqeqeq', 'no-debugger']);
const formatter = await eslint.loadFormatter('stylish');
assert.match(await formatter.format([result]), /2 problems/);

const rule = {
  meta: { type: 'problem', fixable: 'code', schema: [] },
  create: (context) => ({ Identifier(node) { if (node.name === 'foo') context.report({ node, message: 'no foo', fix: (fixer) => fixer.replaceText(node, 'bar') }); } }),
};
RuleTester.describe = (text, run) => run();
RuleTester.it = (text, run) => run();
new RuleTester().run('no-foo', rule, { valid: ['bar'], invalid: [{ code: 'foo', output: 'bar', errors: [{ message: 'no foo' }] }] });

writeFileSync('eslint.config.mjs', "import js from '@eslint/js';\nexport default [js.configs.recommended];\n");
const command = fileURLToPath(new URL('../bin/eslint.js', import.meta.resolve('eslint')));
const ran = spawnSync(process.execPath, [command, '--format', 'json', 'bad.mjs'], { encoding: 'utf8' });
assert.strictEqual(ran.status, 1, ran.stderr);
assert.strictEqual(JSON.parse(ran.stdout)[0].messages[0].ruleId, 'no-debugger');
