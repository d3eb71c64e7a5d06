'use strict';

// Why a test failed: ERR_TEST_FAILURE around what was thrown.

const { codes: { ERR_TEST_FAILURE } } = require('internal/errors');

const kinds = {
  __proto__: null,
  callbackAndPromise: 'callbackAndPromisePresent',
  cancelled: 'cancelledByParent',
  aborted: 'testAborted',
  code: 'testCodeFailure',
  expected: 'expectedFailure',
  hook: 'hookFailed',
  multipleCallbacks: 'multipleCallbackInvocations',
  parentFinished: 'parentAlreadyFinished',
  subtests: 'subtestsFailed',
  timeout: 'testTimeoutFailure',
  uncaught: 'uncaughtException',
  unhandled: 'unhandledRejection',
};

// The reports show what these are around.
const unwrapped = new Set([kinds.code, kinds.hook, kinds.uncaught, kinds.unhandled]);

const OWN_FRAME = /^ {4}at .*node:internal\/test\//;

/** A stack without the frames of the runner. */
function withoutOwnFrames(stack) {
  return stack.split('\n').filter((line) => !OWN_FRAME.test(line)).join('\n');
}

function testFailure(error, kind) {
  const failure = new ERR_TEST_FAILURE(error, kind);
  Object.defineProperty(failure, 'stack', {
    __proto__: null, value: withoutOwnFrames(failure.stack), writable: true, enumerable: false, configurable: true,
  });
  return failure;
}

function isTestFailure(error) {
  return error?.code === 'ERR_TEST_FAILURE' && 'failureType' in error;
}

/** As a failure of `kind`, unless it is a failure already. */
function asTestFailure(error, kind) {
  return isTestFailure(error) ? error : testFailure(error, kind);
}

module.exports = { asTestFailure, isTestFailure, kinds, testFailure, unwrapped, withoutOwnFrames };
