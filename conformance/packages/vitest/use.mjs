import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

rmSync('tests', { recursive: true, force: true });
mkdirSync('tests', { recursive: true });
writeFileSync('tests/sum.ts', 'export const sum = (a: number, b: number): number => a + b;\n');
writeFileSync('tests/mail.ts', "export const send = (): string => { throw new Error('not in tests'); };\n");
writeFileSync('tests/sum.test.ts', `
import { describe, expect, it, test, vi } from 'vitest';
import { sum } from './sum';
import { send } from './mail';
vi.mock('./mail', () => ({ send: vi.fn(() => 'sent') }));
test('adds', () => { expect(sum(1, 2)).toBe(3); });
describe('mocks', () => {
  it('modules', () => { expect(send()).toBe('sent'); expect(send).toHaveBeenCalledOnce(); });
  it('timers', () => { vi.useFakeTimers(); const done = vi.fn(); setTimeout(done, 1000); vi.advanceTimersByTime(1000); expect(done).toHaveBeenCalled(); vi.useRealTimers(); });
});
test('snapshot', () => { expect({ a: [1, 'x'] }).toMatchInlineSnapshot(\`
  {
    "a": [
      1,
      "x",
    ],
  }
\`); });
test('rejects', async () => { await expect(Promise.reject(new Error('no'))).rejects.toThrow('no'); });
`);
writeFileSync('tests/wrong.test.ts', "import { expect, test } from 'vitest';\ntest('fails', () => { expect([1, 2]).toEqual([1, 3]); });\n");
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const ran = spawnSync(process.execPath, [vitest, 'run', '--root', 'tests', '--no-file-parallelism', '--reporter', 'json', '--outputFile', 'result.json'], { encoding: 'utf8', env: { ...process.env, CI: '1' } });
assert.ok(existsSync('tests/result.json'), ran.stderr + ran.stdout);
const result = JSON.parse(readFileSync('tests/result.json', 'utf8'));
assert.strictEqual(result.numPassedTests, 5, ran.stderr + ran.stdout);
assert.strictEqual(result.numFailedTests, 1);
assert.strictEqual(ran.status, 1);
