import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

mkdirSync('src', { recursive: true });
writeFileSync('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', outDir: 'out', rootDir: 'src', strict: true, types: [] }, include: ['src'] }));
writeFileSync('src/index.ts', 'export const twice = (n: number): number => n * 2;\n');
const tsc = fileURLToPath(new URL('../bin/tsc', import.meta.resolve('typescript')));
const good = spawnSync(process.execPath, [tsc, '-p', '.'], { encoding: 'utf8' });
assert.strictEqual(good.stdout + good.stderr, '');
assert.match(readFileSync('out/index.js', 'utf8'), /twice = \(n\) => n \* 2/);
writeFileSync('src/index.ts', 'export const text: string = 1;\n');
const bad = spawnSync(process.execPath, [tsc, '-p', '.'], { encoding: 'utf8' });
assert.notStrictEqual(bad.status, 0);
assert.match(bad.stdout, /TS2322/);
