'use strict';

// The coverage of a run as lcov's tracefile (man geninfo), from the event test:coverage.

const { Transform } = require('stream');

class LcovReporter extends Transform {
  constructor() {
    super({ __proto__: null, writableObjectMode: true });
  }

  _transform({ type, data }, encoding, callback) {
    if (type !== 'test:coverage') {
      callback();
      return;
    }
    const { relative } = require('path');
    let text = 'TN:\n';
    for (const file of data.summary.files) {
      text += `SF:${relative(data.summary.workingDirectory, file.path)}\n`;
      file.functions.forEach(({ name, line }, i) => { text += `FN:${line},${name || `anonymous_${i}`}\n`; });
      file.functions.forEach(({ name, count }, i) => { text += `FNDA:${count},${name || `anonymous_${i}`}\n`; });
      text += `FNF:${file.totalFunctionCount}\nFNH:${file.coveredFunctionCount}\n`;
      file.branches.forEach(({ line, count }, i) => { text += `BRDA:${line},${i},0,${count}\n`; });
      text += `BRF:${file.totalBranchCount}\nBRH:${file.coveredBranchCount}\n`;
      for (const { line, count } of file.lines) text += `DA:${line},${count}\n`;
      text += `LH:${file.coveredLineCount}\nLF:${file.totalLineCount}\nend_of_record\n`;
    }
    callback(null, text);
  }
}

module.exports = { LcovReporter };
