'use strict';

// Calls of the same functions directly and through the face of a core module; see ../face.

const { swap } = require('nodule:modules');
const own = require('./face-functions');

const CALLS = 20_000_000;

function time(run, functions) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint();
    run(functions);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / CALLS);
  }
  return best;
}

// A loop of its own for each pair, so that neither spoils the other's profile
const loops = (kind) => ({
  empty: new Function('f', `for (let i = 0; i < ${CALLS}; i++) f.empty(); // ${kind}`),
  add: new Function('f', `let sum = 0; for (let i = 0; i < ${CALLS}; i++) sum = f.add(sum, i) | 0; return sum; // ${kind}`),
  join: new Function('f', `let length = 0; for (let i = 0; i < ${CALLS}; i++) length += f.measure('a' + (i & 7)); return length; // ${kind}`),
});

async function main() {
  const [first, second] = process.argv.slice(2);
  await swap(first, { allowOlder: true, persist: false });
  const face = require('facebench');
  const direct = loops('direct');
  const through = loops('face');
  const measure = (label) => {
    for (const name of Object.keys(direct)) {
      const a = time(direct[name], own);
      const b = time(through[name], face);
      console.log(`${label}  ${name.padEnd(6)} direct ${a.toFixed(2)} ns  face ${b.toFixed(2)} ns`);
    }
  };
  measure('before a swap ');
  for (let n = 0; n < 30; n++) {
    await swap(n & 1 ? first : second, { allowOlder: true, persist: false });
    for (const name of Object.keys(through)) through[name](face);
  }
  measure('after 30 swaps');
}

main();
