'use strict';

// How many assertions and subtests a test is to have.

const { kinds, testFailure } = require('internal/test/failure');
const { validateNumber, validateObject } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

class TestPlan {
  constructor(count, options = { __proto__: null }) {
    validateNumber(count, 'count');
    validateObject(options, 'options');
    this.expected = count;
    this.actual = 0;
    const { wait } = options;
    if (wait !== undefined && typeof wait !== 'boolean' && typeof wait !== 'number') {
      throw new ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
    }
    if (typeof wait === 'number') validateNumber(wait, 'options.wait', 0, 2 ** 31 - 1);
    this.wait = wait;
    this.waiting = undefined;
  }

  count() {
    this.actual++;
    if (this.waiting !== undefined && this.actual >= this.expected) this.settle();
  }

  settle() {
    const { resolve, reject, timer } = this.waiting;
    this.waiting = undefined;
    require('internal/test/originals').clearTimeout(timer);
    try {
      this.verify();
      resolve();
    } catch (error) {
      reject(error);
    }
  }

  verify() {
    if (this.actual !== this.expected) {
      throw testFailure(`plan expected ${this.expected} assertions but received ${this.actual}`, kinds.code);
    }
  }

  /** Whether the plan was kept; a promise if it is to be waited for. */
  check() {
    if (!this.wait || this.actual >= this.expected) {
      this.verify();
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const timer = typeof this.wait === 'number' ?
        require('internal/test/originals').setTimeout(() => {
          this.waiting = undefined;
          reject(testFailure(`plan timed out after ${this.wait}ms with ${this.actual} assertions when expecting ${this.expected}`,
                             kinds.timeout));
        }, this.wait) :
        undefined;
      this.waiting = { resolve, reject, timer };
    });
  }
}

module.exports = { TestPlan };
