'use strict';

const assert = require('node:assert');
const inspector = require('node:inspector');

assert.throws(() => inspector.waitForDebugger(), { code: 'ERR_INSPECTOR_NOT_ACTIVE' });
const session = new inspector.Session();
assert.throws(() => session.post('Runtime.evaluate'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
session.connect();
assert.throws(() => session.connect(), { code: 'ERR_INSPECTOR_ALREADY_CONNECTED' });
assert.throws(() => session.connectToMainThread(), { code: 'ERR_INSPECTOR_NOT_WORKER' });

function post(method, params) {
  let answer;
  session.post(method, params, (error, result) => { answer = { error, result }; });
  assert.ok(answer, `${method} answers at once`);
  if (answer.error) throw answer.error;
  return answer.result;
}

assert.deepStrictEqual(post('Runtime.evaluate', { expression: '6 * 7' }).result, { type: 'number', value: 42, description: '42' });
assert.deepStrictEqual(post('Runtime.evaluate', { expression: '-0' }).result, { type: 'number', unserializableValue: '-0', description: '-0' });
assert.deepStrictEqual(post('Runtime.evaluate', { expression: '({ a: [1, { b: 2 }] })', returnByValue: true }).result.value, { a: [1, { b: 2 }] });
assert.throws(() => post('No.such'), { code: 'ERR_INSPECTOR_COMMAND', message: "Inspector error -32601: 'No.such' wasn't found" });

const failed = post('Runtime.evaluate', { expression: 'throw new TypeError("no")' });
assert.strictEqual(failed.exceptionDetails.text, 'Uncaught');
assert.strictEqual(failed.result.className, 'TypeError');
assert.match(failed.result.description, /^TypeError: no\n/);

globalThis.shown = { list: new Array(3), map: new Map([['k', 1]]), get lazy() { throw new Error('not asked'); }, when: new Date(0), word: 'w' };
const { result: object } = post('Runtime.evaluate', { expression: 'shown', generatePreview: true });
assert.strictEqual(object.description, 'Object');
assert.deepStrictEqual(object.preview.properties.map(({ name, type, subtype, value }) => [name, type, subtype, name === 'when' ? '' : value]), [
  ['list', 'object', 'array', 'Array(3)'], ['map', 'object', 'map', 'Map(1)'], ['lazy', 'accessor', undefined, undefined],
  ['when', 'object', 'date', ''], ['word', 'string', undefined, 'w'],
]);
const { result: properties } = post('Runtime.getProperties', { objectId: object.objectId, ownProperties: true });
assert.deepStrictEqual(properties.slice(0, 5).map(({ name }) => name), ['list', 'map', 'lazy', 'when', 'word']);
assert.deepStrictEqual(post('Runtime.callFunctionOn', {
  objectId: object.objectId, functionDeclaration: 'function(a, b) { return this.word + a + b; }', arguments: [{ value: '1' }, { value: 2 }],
}).result, { type: 'string', value: 'w12' });
post('Runtime.releaseObject', { objectId: object.objectId });
assert.throws(() => post('Runtime.getProperties', { objectId: object.objectId }), { message: 'Inspector error -32000: Could not find object with given id' });

// What the console is told.
const told = [];
session.on('Runtime.consoleAPICalled', ({ params }) => told.push(params));
post('Runtime.enable');
const { log } = console;
inspector.console.log('only for clients', 1);
post('Runtime.disable');
assert.deepStrictEqual(told.map(({ type, args }) => [type, ...args.map(({ value }) => value)]), [['log', 'only for clients', 1]]);
assert.strictEqual(typeof log, 'function');

// A debugger of itself: the listener runs while the program is suspended.
const { pathToFileURL } = require('node:url');
const stops = [];
session.on('Debugger.paused', ({ params }) => {
  const [top, caller] = params.callFrames;
  const locals = post('Runtime.getProperties', { objectId: top.scopeChain[0].object.objectId, ownProperties: true }).result;
  stops.push({
    line: top.location.lineNumber, name: top.functionName, caller: caller.functionName, hits: params.hitBreakpoints.length,
    x: locals.find(({ name }) => name === 'x').value.value,
    sum: post('Debugger.evaluateOnCallFrame', { callFrameId: top.callFrameId, expression: 'x + 1' }).result.value,
  });
});
function stopped(x) {
  const doubled = x * 2;
  return doubled;
}
function calls() {
  return stopped(20);
}
post('Debugger.enable');
const line = stoppedLine();
const { breakpointId, locations } = post('Debugger.setBreakpointByUrl', { lineNumber: line, url: pathToFileURL(__filename).href });
assert.strictEqual(locations.length, 1);
assert.strictEqual(locations[0].lineNumber, line);
assert.strictEqual(calls(), 40);
assert.deepStrictEqual(stops, [{ line, name: 'stopped', caller: 'calls', hits: 1, x: 20, sum: 21 }]);
post('Debugger.removeBreakpoint', { breakpointId });
calls();
assert.strictEqual(stops.length, 1);
post('Debugger.disable');

/** The line of the first statement of `stopped`, from zero on. */
function stoppedLine() {
  return require('node:fs').readFileSync(__filename, 'utf8').split('\n').findIndex((text) => text.includes('const doubled'));
}

assert.strictEqual(inspector.url(), undefined);
session.disconnect();
session.disconnect();
assert.strictEqual(process.features.inspector, true);
