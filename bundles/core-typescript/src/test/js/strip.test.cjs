'use strict';

// Types are blanked out; what cannot be erased is refused.
const assert = require('node:assert');
const { stripTypeScriptTypes } = require('node:module');

process.removeAllListeners('warning');
process.on('warning', () => {});

const samples = {
  'const a: number = 1;': 'const a         = 1;',
  'declare enum A { B }': '                    ',
  'namespace N { type A = 1 }': '                          ',
  'let x = y as any satisfies B;': 'let x = y                   ;',
  'a!.b!()': 'a .b ()',
  'import type A from "a"; import {type B, c} from "b"': '                        import {        c} from "b"',
  'export type {D} from "d";export {type E, f} from "e"': '                         export {        f} from "e"',
  'import type A = require("a")': '                            ',
  'function f(this: X, a?: number, ...b: string[]): void {}': 'function f(         a         , ...b          )       {}',
  'function f(a: string): void;\nfunction f(a) {}': '                            \nfunction f(a) {}',
  'const x = async <T>(a: T): Promise<T> => a;': 'const x = async    (a   )             => a;',
  'const f = (a: number):\n number => a': 'const f = (a          \n      ) => a',
  'class A<T> extends B<T> implements C, D { static override readonly a = 1; m2(): void; }':
    'class A    extends B                    { static                   a = 1;             }',
  'abstract class A { abstract m(): void; protected m2() {} }': '         class A {                               m2() {} }',
  'let a = b as any\n(c)': 'let a = b ;     \n(c)',
  'const x = y<string>;new Map<string, number>()': 'const x = y        ;new Map                ()',
  'try {} catch (e: unknown) {}': 'try {} catch (e         ) {}',
  'import x, {type y} from "z"': 'import x, {      } from "z"',
  'export default interface A {}': '                             ',
  'class A { accessor x: number = 1; #p?: string; [k: string]: any }': 'class A { accessor x         = 1; #p         ;                  }',
  '((a as any))(b)': '((a       ))(b)',
  'const o = { m<T>(this: X, a: T): void {} }': 'const o = { m   (         a   )       {} }',
};
for (const [source, result] of Object.entries(samples)) assert.strictEqual(stripTypeScriptTypes(source), result);

const refused = {
  'enum A { B }': 'TypeScript enum is not supported in strip-only mode',
  'namespace N { export const x = 1 }': 'TypeScript namespace declaration is not supported in strip-only mode',
  'module M { type A = 1 }': '`module` keyword is not supported. Use `namespace` instead.',
  'class A { constructor(private x: number) {} }': 'TypeScript parameter property is not supported in strip-only mode',
  'import A = require("a")': 'TypeScript import equals declaration is not supported in strip-only mode',
  'export = 1': 'TypeScript export assignment is not supported in strip-only mode',
};
for (const [source, message] of Object.entries(refused)) {
  assert.throws(() => stripTypeScriptTypes(source), { name: 'SyntaxError', code: 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', message });
}
assert.throws(() => stripTypeScriptTypes('const'), { name: 'SyntaxError', code: 'ERR_INVALID_TYPESCRIPT_SYNTAX' });
assert.throws(() => stripTypeScriptTypes('\nenum A { B }', { sourceUrl: 'e.ts' }), (error) => /^e\.ts:2\n[^]*\nSyntaxError/.test(error.stack));
assert.throws(() => stripTypeScriptTypes(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => stripTypeScriptTypes('', { mode: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(stripTypeScriptTypes('let a: 1', { sourceUrl: 'foo.ts' }), 'let a   \n\n//# sourceURL=foo.ts');
assert.strictEqual(process.features.typescript, 'strip');
