import assert from 'node:assert';
import { applyPatches, createDraft, current, enableMapSet, enablePatches, finishDraft, immerable, isDraft, original, produce, produceWithPatches } from 'immer';

enablePatches();
enableMapSet();
const base = [{ title: 'Learn', done: true }, { title: 'Try', done: false }];
const next = produce(base, (draft) => {
  draft[1].done = true;
  draft.push({ title: 'Tell' });
  assert.strictEqual(isDraft(draft[1]), true);
  assert.strictEqual(original(draft).length, 2);
  assert.strictEqual(current(draft).length, 3);
});
assert.strictEqual(base[1].done, false);
assert.strictEqual(next[0], base[0]);
assert.strictEqual(next.length, 3);
assert.throws(() => { next[0].title = 'x'; }, TypeError);
const [changed, patches, inverse] = produceWithPatches({ a: { b: 1 } }, (draft) => { draft.a.b = 2; });
assert.deepStrictEqual(patches, [{ op: 'replace', path: ['a', 'b'], value: 2 }]);
assert.deepStrictEqual(applyPatches(changed, inverse), { a: { b: 1 } });
const map = produce(new Map([['k', new Set([1])]]), (draft) => { draft.get('k').add(2); });
assert.deepStrictEqual([...map.get('k')], [1, 2]);
class Clock { [immerable] = true; hour = 1; get half() { return this.hour / 2; } }
const later = produce(new Clock(), (draft) => { draft.hour += 1; });
assert.ok(later instanceof Clock && later.half === 1);
const draft = createDraft({ n: 1 });
draft.n = 2;
assert.deepStrictEqual(finishDraft(draft), { n: 2 });
assert.deepStrictEqual(produce((state, n) => { state.n += n; })({ n: 1 }, 2), { n: 3 });
