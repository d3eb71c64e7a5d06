'use strict';

// Whether a version is in a range, as far as entries of nodule.permissions need it: partial versions, ^, ~, comparisons, and || between
// sets (https://github.com/npm/node-semver#ranges). A pre-release is compared by its numbers alone.

const COMPARATOR = /^(\^|~|>=|<=|>|<|=)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+][\w.+-]*)?$/;

function compare(a, b) {
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

/** [lowest, first above] of versions; `given` says how many numbers the text has. */
function interval(operator, numbers, given) {
  const next = (at) => numbers.map((number, i) => (i < at ? number : i === at ? number + 1 : 0));
  const above = given === 0 ? [Infinity, 0, 0] : next(given - 1);
  switch (operator) {
    case '^': {
      const first = numbers.findIndex((number) => number !== 0);
      return [numbers, given === 0 ? above : next(first === -1 || first >= given ? given - 1 : first)];
    }
    case '~': return [numbers, given === 0 ? above : next(Math.min(given - 1, 1))];
    case '>=': return [numbers, [Infinity, 0, 0]];
    case '>': return [above, [Infinity, 0, 0]];
    case '<': return [[0, 0, 0], numbers];
    case '<=': return [[0, 0, 0], above];
    default: return [numbers, above];
  }
}

/** The intervals of a range: one list for each set, all of which a version has to be in. Undefined if it is no range. */
function parseRange(text) {
  const sets = [];
  for (const part of text.split('||')) {
    const set = [];
    for (const word of part.replace(/(\^|~|>=|<=|>|<|=)\s+/g, '$1').trim().split(/\s+/)) {
      if (word === '') continue;
      const match = COMPARATOR.exec(word);
      if (match === null) return undefined;
      const texts = match.slice(2);
      const end = texts.findIndex((number) => number === undefined || !/^\d/.test(number));
      const given = end === -1 ? 3 : end;
      set.push(interval(match[1], texts.map((number, i) => (i < given ? Number(number) : 0)), given));
    }
    sets.push(set);
  }
  return sets;
}

function isInRange(version, sets) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (match === null) return false;
  const numbers = match.slice(1).map(Number);
  return sets.some((set) => set.every(([from, to]) => compare(numbers, from) >= 0 && compare(numbers, to) < 0));
}

module.exports = { isInRange, parseRange };
