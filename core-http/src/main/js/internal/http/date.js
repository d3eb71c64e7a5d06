'use strict';

// The value of the Date field, made once a second: the clock is read, the text is not made, for each response.

let second = 0;
let text = '';

function utcDate() {
  const now = Date.now();
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    text = new Date(now).toUTCString();
  }
  return text;
}

module.exports = { utcDate };
