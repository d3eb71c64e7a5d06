import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compile = () => spawnSync(process.execPath, [tsc, '-p', 'project', '--pretty', 'false'], { encoding: 'utf8' });
rmSync('project', { recursive: true, force: true });
mkdirSync('project/src', { recursive: true });
writeFileSync('project/tsconfig.json', JSON.stringify({
  compilerOptions: { target: 'es2022', module: 'commonjs', strict: true, rootDir: 'src', outDir: 'out', declaration: true, sourceMap: true, lib: ['es2022'], types: [] },
  include: ['src'],
}));
writeFileSync('project/src/shapes.ts', 'export enum Kind { Circle, Square }\nexport interface Shape { kind: Kind; size: number }\nexport abstract class Base<T extends Shape> { constructor(protected readonly shape: T) {} abstract area(): number; }\n');
writeFileSync('project/src/index.ts', "import { Base, Kind, type Shape } from './shapes';\nexport class Square extends Base<Shape> { area() { return this.shape.size ** 2; } }\nexport const area: number = new Square({ kind: Kind.Square, size: 3 }).area();\n");
const good = compile();
assert.strictEqual(good.stdout + good.stderr, '');
assert.strictEqual(good.status, 0);
assert.strictEqual(createRequire(import.meta.url)('./project/out/index.js').area, 9);
assert.match(readFileSync('project/out/index.d.ts', 'utf8'), /export declare class Square extends Base<Shape>/);
assert.ok(existsSync('project/out/shapes.js.map'));

writeFileSync('project/src/wrong.ts', "import { area } from './index';\nconst text: string = area;\n");
const bad = compile();
assert.strictEqual(bad.status, 2);
assert.match(bad.stdout, /src\/wrong\.ts\(2,7\): error TS2322: Type 'number' is not assignable to type 'string'\./);

const { outputText } = ts.transpileModule('@dec class A { #x?: number = 1 satisfies number }', { compilerOptions: { target: ts.ScriptTarget.ES2021, experimentalDecorators: true } });
assert.match(outputText, /__decorate\(\[\s*dec\s*\], A\)/);
