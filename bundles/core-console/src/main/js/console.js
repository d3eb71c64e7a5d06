'use strict';

// The global console. It writes to standard output without its stream until the program itself has touched process.stdout.

const { Console, methods, initialize, bindStandardStreams } = require('internal/console/constructor');
const { assignFunctionName } = require('internal/function_name');

const console = Object.create({});

for (const name of Object.keys(methods)) {
  const method = methods[name];
  const bound = assignFunctionName(name, method.bind(console));
  Object.defineProperty(bound, 'length', { __proto__: null, value: 0, configurable: true });
  console[name] = bound;
}
initialize(console, { ignoreErrors: true, colorMode: 'auto', groupIndentation: 2 });
bindStandardStreams(console);
console.Console = Console;

// Without an inspector attached these do nothing, as in Node.js.
for (const name of ['profile', 'profileEnd', 'timeStamp']) {
  console[name] = assignFunctionName(name, () => {});
}
console.createTask = assignFunctionName('createTask', (name) => {
  if (typeof name !== 'string' || name === '') throw new TypeError('First argument must be a non-empty string.');
  return { run(fn, ...args) { return fn(...args); } };
});

module.exports = console;
