'use strict';

// Which tests run: by name, and by `only`.

function fullNameWith(test, separator) {
  const names = [];
  for (let each = test; each.parent !== null; each = each.parent) names.unshift(each.name);
  return names.join(separator);
}

/** Whether the name of the test, of one that it is in, or its name together with theirs is meant. */
function matches(test, patterns) {
  for (let each = test; each.parent !== null; each = each.parent) {
    const name = fullNameWith(each, ' ');
    for (const pattern of patterns) {
      pattern.lastIndex = 0;
      if (pattern.test(each.name)) return true;
      pattern.lastIndex = 0;
      if (pattern.test(name)) return true;
    }
  }
  return false;
}

function isFilteredByName(test, { namePatterns, skipPatterns }) {
  if (namePatterns !== null && !matches(test, namePatterns)) return true;
  return skipPatterns !== null && matches(test, skipPatterns);
}

/** Whether a suite is, or has within it, what must run. */
function hasOnly(test) {
  return test.only || test.hasRunOnly || test.subtests.some(hasOnly);
}

/** Of a suite that was built: leaves the tests with `only`, if there are any. */
function selectOnly(suite) {
  if (!suite.sawOnly && !suite.subtests.some(hasOnly)) return;
  for (const each of suite.subtests) {
    if (!hasOnly(each)) each.filter();
  }
}

module.exports = { fullNameWith, hasOnly, isFilteredByName, selectOnly };
