'use strict';

// JavaScript's values as SQLite takes them.

const { invalidType, invalidValue, outOfRange } = require('internal/sqlite/errors');
const { isAnyArrayBuffer, isArrayBufferView, isPromise } = require('internal/util/types');

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

const isBytes = (value) => isArrayBufferView(value) || isAnyArrayBuffer(value);
const fits = (value) => value <= MAX && value >= MIN;

/** Binds a value to a parameter; SQLite's status. */
function bindValue(pointer, index, value) {
  switch (typeof value) {
    case 'number': return binding.bindNumber(pointer, index, value);
    case 'string': return binding.bindText(pointer, index, value);
    case 'undefined': return binding.bindNull(pointer, index);
    case 'boolean': return binding.bindInteger(pointer, index, value ? 1 : 0);
    case 'bigint':
      if (!fits(value)) throw invalidValue('BigInt value is too large to bind.');
      return binding.bindInteger(pointer, index, value);
    case 'object':
      if (value === null) return binding.bindNull(pointer, index);
      if (isBytes(value)) return binding.bindBlob(pointer, index, value);
  }
  throw invalidType(`Provided value cannot be bound to SQLite parameter ${index}.`);
}

/** What a function of the user returned becomes its result in SQL. */
function setResult(context, value) {
  switch (typeof value) {
    case 'number': return binding.resultNumber(context, value);
    case 'string': return binding.resultText(context, value);
    case 'undefined': return binding.resultNull(context);
    case 'bigint':
      if (!fits(value)) return binding.resultError(context, 'BigInt value is too large for SQLite');
      return binding.resultInteger(context, value);
    case 'object':
      if (value === null) return binding.resultNull(context);
      if (isBytes(value)) return binding.resultBlob(context, value);
      if (isPromise(value)) return binding.resultError(context, 'Asynchronous user-defined functions are not supported');
  }
  return binding.resultError(context, 'Returned JavaScript value cannot be converted to a SQLite value');
}

/** The binding gives integers that are no numbers of JavaScript as BigInts, whatever was asked for. */
function checkNumbers(values) {
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === 'bigint') throw outOfRange(`Value is too large to be represented as a JavaScript number: ${values[i]}`);
  }
}

module.exports = { bindValue, checkNumbers, isBytes, setResult };
