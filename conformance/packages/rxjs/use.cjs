'use strict';
const assert = require('node:assert');
const { BehaviorSubject, Observable, Subject, catchError, combineLatest, debounceTime, filter, firstValueFrom, from, fromEvent, interval, lastValueFrom,
  map, mergeMap, of, range, retry, scan, share, switchMap, take, throwError, timeout, toArray } = require('rxjs');
const { EventEmitter } = require('node:events');

const seen = [];
range(1, 200).pipe(filter((x) => x % 2 === 1), map((x) => x + x), take(3)).subscribe((x) => seen.push(x));
assert.deepStrictEqual(seen, [2, 6, 10]);

(async () => {
  assert.deepStrictEqual(await lastValueFrom(interval(2).pipe(take(3), scan((all, n) => all + n, 0), toArray())), [0, 1, 3]);
  assert.strictEqual(await firstValueFrom(from(Promise.resolve(5)).pipe(mergeMap((n) => of(n, n + 1)), switchMap((n) => [n * 2]))), 10);
  let attempts = 0;
  const shaky = new Observable((it) => { if (++attempts < 3) it.error(new Error('again')); else { it.next('fine'); it.complete(); } });
  assert.strictEqual(await lastValueFrom(shaky.pipe(retry(3))), 'fine');
  assert.strictEqual(await lastValueFrom(throwError(() => new Error('x')).pipe(catchError((e) => of(e.message)))), 'x');
  await assert.rejects(lastValueFrom(new Subject().pipe(timeout(10))), { name: 'TimeoutError' });
  const subject = new BehaviorSubject(1);
  const shared = combineLatest([subject, of('a')]).pipe(share());
  const got = [];
  shared.subscribe((it) => got.push(it));
  subject.next(2);
  assert.deepStrictEqual(got, [[1, 'a'], [2, 'a']]);
  const emitter = new EventEmitter();
  const event = firstValueFrom(fromEvent(emitter, 'it').pipe(debounceTime(10)));
  emitter.emit('it', 1);
  emitter.emit('it', 2);
  assert.strictEqual(await event, 2);
  const list = [];
  for await (const value of toIterable(of(1, 2))) list.push(value);
  assert.deepStrictEqual(list, [1, 2]);
})();

async function* toIterable(source) {
  yield* await lastValueFrom(source.pipe(toArray()));
}
