import assert from 'node:assert';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { watch } from 'chokidar';

mkdirSync('watched/below', { recursive: true });
writeFileSync('watched/before.txt', '');
const watcher = watch('watched', { ignored: (path) => path.endsWith('.log') });
const events = [];
watcher.on('all', (event, path) => events.push(`${event} ${path.replaceAll('\\', '/')}`));
await once(watcher, 'ready');
assert.deepStrictEqual(events.splice(0).sort(), ['add watched/before.txt', 'addDir watched', 'addDir watched/below']);

const happens = async (wanted, act) => {
  const until = Date.now() + 20_000;
  act();
  while (!events.includes(wanted)) {
    assert.ok(Date.now() < until, `no "${wanted}", but ${events}`);
    await new Promise((next) => setTimeout(next, 20));
  }
};
await happens('add watched/below/new.txt', () => writeFileSync('watched/below/new.txt', 'a'));
await happens('change watched/below/new.txt', () => appendFileSync('watched/below/new.txt', 'more'));
await happens('unlink watched/below/new.txt', () => rmSync('watched/below/new.txt'));
await happens('addDir watched/fresh', () => mkdirSync('watched/fresh'));
await happens('add watched/fresh/in.txt', () => writeFileSync('watched/fresh/in.txt', 'x'));
await happens('unlink watched/before.txt', () => renameSync('watched/before.txt', 'elsewhere.txt'));
await happens('unlinkDir watched/fresh', () => rmSync('watched/fresh', { recursive: true }));
writeFileSync('watched/quiet.log', '');
await happens('add watched/last.txt', () => writeFileSync('watched/last.txt', ''));
assert.ok(!events.some((it) => it.includes('quiet.log')));
assert.ok('watched' in watcher.getWatched() || Object.keys(watcher.getWatched()).some((it) => it.endsWith('watched')));
await watcher.close();
rmSync('watched', { recursive: true });
rmSync('elsewhere.txt');
