'use strict';

// require('@id@'). This file is the body of a function: exports, require, module, process, binding, primordials.

/** A greeting; the Java makes it. */
function greet(name) {
  return binding.greet(String(name));
}

/** The sum of the numbers up to `number`, as a promise: the work is done on another thread. */
function sum(number) {
  return new Promise((resolve, reject) => {
    binding.compute(Number(number), (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

module.exports = { greet, sum };
