'use strict';

// The XML that Ant's junit task has given the world.

const { inspect } = require('internal/util/inspect');

const inspectOptions = { __proto__: null, colors: false, breakLength: Infinity };

function escapeText(text) {
  return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function attribute(text) {
  return escapeText(text).replace(/\n/g, '&#10;').replace(/"/g, '&quot;');
}

function toXml(node, depth) {
  const before = '\t'.repeat(depth);
  if (node.comment !== undefined) return `${before}<!-- ${String(node.comment).replace(/--/g, '&#45;&#45;')} -->\n`;
  const attributes = Object.entries(node.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`).join('');
  const start = `${before}<${node.tag}${attributes}`;
  if (node.text !== undefined) return `${start}>\n${escapeText(node.text)}\n${before}</${node.tag}>\n`;
  if (node.children.length === 0) return `${start}/>\n`;
  return `${start}>\n${node.children.map((each) => toXml(each, depth + 1)).join('')}${before}</${node.tag}>\n`;
}

function element(tag, attributes, text) {
  return { tag, attributes, children: [], text };
}

async function* junitReporter(source) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n';
  const open = []; // Started and not yet ended, the innermost last.
  const roots = [];
  const siblings = () => (open.length === 0 ? roots : open[open.length - 1].children);
  for await (const { type, data } of source) {
    if (type === 'test:start') {
      open.push({ ...element('testcase', {}), name: data.name, started: new Date() });
    } else if (type === 'test:pass' || type === 'test:fail') {
      const node = open.pop() ?? element('testcase', {});
      fill(node, type === 'test:fail', data, open.at(-1)?.name ?? 'test');
      siblings().push(node);
    } else if (type === 'test:diagnostic') {
      siblings().push({ comment: data.message });
    }
  }
  for (const node of roots) yield toXml(node, 1);
  yield '</testsuites>\n';
}

function fill(node, isFailed, data, parent) {
  node.isFailed = isFailed;
  node.isSkipped = data.skip !== undefined || data.todo !== undefined;
  const time = (data.details.duration_ms / 1000).toFixed(6);
  const tests = node.children.filter((child) => child.comment === undefined);
  if (tests.length > 0) {
    node.tag = 'testsuite';
    node.attributes = {
      name: data.name,
      time,
      disabled: 0,
      errors: 0,
      tests: tests.length,
      failures: tests.filter((test) => test.isFailed).length,
      skipped: tests.filter((test) => test.isSkipped).length,
      timestamp: (node.started ?? new Date()).toISOString(),
      hostname: require('os').hostname(),
    };
    return;
  }
  const { error } = data.details;
  node.attributes = { name: data.name, time, classname: parent, file: data.file };
  const outcome = [];
  if (data.skip !== undefined) outcome.push(element('skipped', { type: 'skipped', message: data.skip }));
  if (data.todo !== undefined) outcome.push(element('skipped', { type: 'todo', message: data.todo }));
  if (isFailed) {
    const message = error?.message ?? '';
    node.attributes.failure = message;
    outcome.push(element('failure', { type: error?.failureType ?? error?.code, message: message.trim() }, inspect(error, inspectOptions)));
  }
  node.children.unshift(...outcome);
}

module.exports = { junitReporter };
