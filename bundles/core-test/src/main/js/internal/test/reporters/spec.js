'use strict';

// A tree for people.

const { Transform } = require('stream');
const { colorOf, colors, formatTest, indent, marks } = require('internal/test/reporters/style');

class SpecReporter extends Transform {
  constructor() {
    super({ __proto__: null, writableObjectMode: true });
    colors.refresh();
    const hidden = (name, value) => Object.defineProperty(this, name, { __proto__: null, value, writable: true });
    hidden('open', []); // Tests that were started, the innermost last.
    hidden('failed', []);
    hidden('cwd', process.cwd());
  }

  event({ type, data }) {
    switch (type) {
      case 'test:fail':
        if (data.details?.error?.failureType !== 'subtestsFailed') this.failed.push(data);
        return this.outcome(type, data);
      case 'test:pass':
        return this.outcome(type, data);
      case 'test:start':
        this.open.push({ nesting: data.nesting, name: data.name, isShown: false });
        return '';
      case 'test:stderr':
      case 'test:stdout':
        return data.message;
      case 'test:diagnostic':
        return `${colorOf(data.level)}${indent(data.nesting)}${marks['test:diagnostic']}${data.message}${colors.white}\n`;
      case 'test:summary':
        // Those of one file wait for all.
        return data.file === undefined ? this.failures() : '';
      case 'test:coverage': {
        const { coverageReport } = require('internal/test/reporters/coverage');
        return coverageReport(`${indent(data.nesting)}${marks['test:diagnostic']}`, data.summary, colors, colors.blue);
      }
      case 'test:watch:restarted':
        return `\nRestarted at ${new Date().toLocaleString()}\n`;
      default:
        return '';
    }
  }

  outcome(type, data) {
    this.open.pop();
    let headings = '';
    for (const each of this.open) {
      if (each.isShown) continue;
      each.isShown = true;
      headings += `${indent(each.nesting)}${marks.arrow}${each.name}\n`;
    }
    return headings + formatTest(type, data, false);
  }

  failures() {
    if (this.failed.length === 0) return '';
    const { relative } = require('path');
    let text = `\n${colors.red}${marks['test:fail']}failing tests:${colors.white}\n`;
    for (const data of this.failed.splice(0)) {
      const isKnown = data.file !== undefined && data.line !== undefined;
      text += isKnown ? `\ntest at ${relative(this.cwd, data.file)}:${data.line}:${data.column}\n` : '\n';
      text += formatTest('test:fail', { ...data, nesting: 0 }, true);
    }
    return text;
  }

  _transform(event, encoding, callback) {
    let text;
    try {
      text = this.event(event);
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, text === '' ? undefined : text);
  }

  _flush(callback) {
    callback(null, this.failures() || undefined);
  }
}

module.exports = { SpecReporter };
