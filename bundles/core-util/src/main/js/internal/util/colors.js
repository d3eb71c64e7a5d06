'use strict';

// Whether a stream shows colors, and the sequences that assert and test reports use.

module.exports = {
  blue: '',
  green: '',
  white: '',
  yellow: '',
  red: '',
  gray: '',
  clear: '',
  reset: '',
  hasColors: false,
  shouldColorize(stream) {
    const { FORCE_COLOR: forced } = process.env;
    if (forced !== undefined) return ['', '1', '2', '3', 'true'].includes(forced);
    return Boolean(stream?.isTTY) && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true);
  },
  refresh() {
    const on = module.exports.shouldColorize(process.stderr);
    const sequence = (code) => (on ? `\u001b[${code}m` : '');
    module.exports.blue = sequence(34);
    module.exports.green = sequence(32);
    module.exports.white = sequence(39);
    module.exports.yellow = sequence(33);
    module.exports.red = sequence(31);
    module.exports.gray = sequence(90);
    module.exports.clear = on ? '\u001bc' : '';
    module.exports.reset = sequence(0);
    module.exports.hasColors = on;
  },
};
