'use strict';

// The terminal's control sequences, and the functions that write them.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const CSI = '\x1b[';
const CLEAR_TO_BEGINNING = `${CSI}1K`;
const CLEAR_TO_END = `${CSI}0K`;
const CLEAR_WHOLE_LINE = `${CSI}2K`;
const CLEAR_SCREEN_DOWN = `${CSI}0J`;

/** The sequence that moves to column x, or to column x of line y. */
function cursorToSequence(x, y) {
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number') throw new ERR_INVALID_CURSOR_POS();
  return typeof y === 'number' ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`;
}

function moveCursorSequence(dx, dy) {
  let data = '';
  if (dx < 0) data += `${CSI}${-dx}D`;
  else if (dx > 0) data += `${CSI}${dx}C`;
  if (dy < 0) data += `${CSI}${-dy}A`;
  else if (dy > 0) data += `${CSI}${dy}B`;
  return data;
}

function clearLineSequence(direction) {
  if (direction < 0) return CLEAR_TO_BEGINNING;
  return direction > 0 ? CLEAR_TO_END : CLEAR_WHOLE_LINE;
}

function write(stream, data, callback) {
  if (stream === null || stream === undefined || data === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(data, callback);
}

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE('y', y);
  const isNowhere = stream === null || stream === undefined || (typeof x !== 'number' && typeof y !== 'number');
  return write(stream, isNowhere ? '' : cursorToSequence(x, y), callback);
}

function moveCursor(stream, dx, dy, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return write(stream, moveCursorSequence(dx, dy), callback);
}

function clearLine(stream, direction, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return write(stream, clearLineSequence(direction), callback);
}

function clearScreenDown(stream, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return write(stream, CLEAR_SCREEN_DOWN, callback);
}

module.exports = {
  CLEAR_SCREEN_DOWN,
  clearLine,
  clearLineSequence,
  clearScreenDown,
  cursorTo,
  cursorToSequence,
  moveCursor,
  moveCursorSequence,
};
