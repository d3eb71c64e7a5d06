'use strict';

// The Date field, made once a second: the clock is read, the text is not made, for each response.

let second = 0;
let text = '';

function dateField() {
  const now = Date.now();
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    text = `Date: ${new Date(now).toUTCString()}\r\n`;
  }
  return text;
}

module.exports = { dateField };
