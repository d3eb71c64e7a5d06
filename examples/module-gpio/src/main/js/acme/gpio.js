'use strict';

// Pins of a computer's header: require('acme:gpio').open(17).write(true)

const EventEmitter = require('events');
const pins = new Map();

/** A pin; 'change' tells its level when that becomes another. */
class Pin extends EventEmitter {
  constructor(number) {
    super();
    this.number = number;
  }

  read() {
    return binding.read(this.number);
  }

  write(level) {
    if (this.read() === Boolean(level)) return;
    binding.write(this.number, Boolean(level));
    this.emit('change', this.read());
  }

  /** High for some milliseconds, as a button that is pressed; then calls back. */
  pulse(milliseconds, callback = () => {}) {
    this.write(true);
    binding.after(milliseconds, () => {
      this.write(false);
      callback();
    });
  }
}

/** The same object for the same number. */
function open(number) {
  if (!Number.isInteger(number) || number < 0 || number > 27) throw new RangeError(`There is no pin ${number}`);
  if (!pins.has(number)) pins.set(number, new Pin(number));
  return pins.get(number);
}

module.exports = { open, Pin };
