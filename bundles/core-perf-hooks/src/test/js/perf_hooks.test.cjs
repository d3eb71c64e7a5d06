'use strict';

const assert = require('node:assert');
const { performance, PerformanceObserver, createHistogram } = require('node:perf_hooks');

assert.strictEqual(performance, globalThis.performance);
const start = performance.now();
assert.ok(start > 0 && performance.now() >= start);
const mark = performance.mark('a', { detail: 1 });
assert.deepStrictEqual([mark.name, mark.entryType, mark.detail, mark.duration], ['a', 'mark', 1, 0]);
performance.mark('b');
assert.ok(performance.measure('a to b', 'a', 'b').duration >= 0);
assert.throws(() => performance.measure('x', 'no such mark'), { name: 'SyntaxError' });
assert.deepStrictEqual(performance.getEntriesByType('mark').map(({ name }) => name), ['a', 'b']);
performance.clearMarks('a');
assert.strictEqual(performance.getEntriesByName('a').length, 0);

const histogram = createHistogram();
for (const value of [1, 2, 3, 4]) histogram.record(value);
assert.deepStrictEqual([histogram.min, histogram.max, histogram.mean, histogram.count], [1, 4, 2.5, 4]);
assert.throws(() => histogram.record(0), { code: 'ERR_OUT_OF_RANGE' });

let observed = 0;
new PerformanceObserver((list, observer) => {
  observed = list.getEntries().length;
  observer.disconnect();
}).observe({ entryTypes: ['mark'] });
performance.mark('c');
process.on('exit', () => assert.strictEqual(observed, 1));
