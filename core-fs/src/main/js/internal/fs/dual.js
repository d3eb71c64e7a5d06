'use strict';
// Algorithms of many system calls that exist in a ...Sync and an asynchronous form are written once, as generators that yield
// each call as `[name, ...arguments]` of the binding, or a function for the caller's own code, which may return a promise.

function runSync(steps) {
  let step = steps.next();
  while (!step.done) {
    let result;
    try {
      const wanted = step.value;
      result = typeof wanted === 'function' ? wanted() : binding[wanted[0]](...wanted.slice(1));
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(result);
  }
  return step.value;
}

async function runAsync(steps) {
  let step = steps.next();
  while (!step.done) {
    let result;
    try {
      const wanted = step.value;
      result = typeof wanted === 'function' ? await wanted() : await new Promise((resolve, reject) => {
        binding[wanted[0]](...wanted.slice(1), (error, value) => {
          if (error) reject(error);
          else resolve(value);
        });
      });
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(result);
  }
  return step.value;
}

module.exports = { runAsync, runSync };
