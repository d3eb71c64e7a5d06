'use strict';

// Tests, suites and hooks. Tests of one parent run one after another, in the order in which they were named.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { setTimeout, clearTimeout } = require('timers');
const reporter = require('internal/test/reporter');

const HOOKS = ['before', 'after', 'beforeEach', 'afterEach'];

class Node {
  constructor(name, options, fn, parent) {
    this.name = name;
    this.options = options;
    this.fn = fn;
    this.parent = parent;
    this.depth = parent === null ? -1 : parent.depth + 1;
    this.children = [];
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.diagnostics = [];
    this.skipped = Boolean(options.skip) || Boolean(parent?.skipped);
    this.todo = Boolean(options.todo);
    this.failed = false;
    this.cancelled = false;
    this.finished = false;
    this.announced = false;
    this.error = undefined;
    this.duration = 0;
    this.isSuite = false;
    this.tail = Promise.resolve(); // The end of the last child that was started.
  }

  fail(error) {
    if (this.failed) return;
    this.failed = true;
    this.error = error;
  }

  get fullName() {
    return this.parent === null || this.parent === root ? this.name : `${this.parent.fullName} > ${this.name}`;
  }

  // Begins when the children before it have ended.
  enqueue(child) {
    this.children.push(child);
    const promise = this.tail.then(() => run(child));
    this.tail = promise;
    return promise;
  }
}

const root = new Node('<root>', {}, undefined, null);
root.announced = true;
let current = root; // Where test() and hooks belong while a suite's function runs.
let running = null;
let isStarted = false;

function start() {
  if (isStarted) return;
  isStarted = true;
  const stray = (error) => {
    // Nobody awaits it: the test that runs is to blame.
    (running ?? root).fail(error);
    running?.interrupt?.(error);
    process.exitCode = 1;
  };
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  process.once('beforeExit', finishRoot);
  process.once('exit', () => {
    for (const node of unfinished(root)) {
      node.cancelled = true;
      node.fail(new Error('Promise resolution is still pending but the event loop has already resolved'));
      reporter.end(node);
    }
    reporter.summary();
    if (root.failed || anyFailed(root)) process.exitCode ||= 1;
  });
}

async function finishRoot() {
  await root.tail;
  await runHooks(root.hooks.after, undefined, root);
}

function unfinished(node) {
  return node.children.flatMap((child) => child.finished ? [] : [...unfinished(child), child]);
}

function anyFailed(node) {
  return node.children.some((child) => child.failed && !child.todo && !child.skipped || anyFailed(child));
}

function readArguments([name, options, fn]) {
  if (typeof name === 'function') [name, options, fn] = [undefined, {}, name];
  else if (name !== null && typeof name === 'object') [name, options, fn] = [undefined, name, options];
  else if (typeof options === 'function') [options, fn] = [{}, options];
  if (options === null || options !== undefined && typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (fn !== undefined) validateFunction(fn, 'fn');
  return { name: name || fn?.name || '<anonymous>', options: options ?? {}, fn: fn ?? (() => {}) };
}

function addTest(args, extra, parent) {
  start();
  const { name, options, fn } = readArguments(args);
  const owner = parent instanceof Node ? parent : current;
  const node = new Node(String(name), { ...options, ...extra }, fn, owner);
  if (owner.isSuite) {
    owner.children.push(node);
    return Promise.resolve();
  }
  return owner.enqueue(node);
}

function addSuite(args, extra, parent) {
  start();
  const { name, options, fn } = readArguments(args);
  const owner = parent instanceof Node ? parent : current;
  const node = new Node(String(name), { ...options, ...extra }, fn, owner);
  node.isSuite = true;
  // The function only names what is to run.
  const before = current;
  current = node;
  try {
    if (!node.skipped) node.built = fn.call(contextOf(node), contextOf(node));
  } catch (error) {
    node.fail(error);
  } finally {
    current = before;
  }
  if (owner.isSuite) {
    owner.children.push(node);
    return Promise.resolve();
  }
  return owner.enqueue(node);
}

function hook(kind) {
  return (fn, options) => {
    start();
    validateFunction(fn, 'fn');
    current.hooks[kind].push(fn);
    if (current === root && kind === 'before') root.tail = root.tail.then(() => runHooks([fn], undefined, root));
  };
}

async function runHooks(hooks, context, node) {
  for (const fn of hooks) {
    try {
      await call(fn, context, node);
    } catch (error) {
      node.fail(error);
    }
  }
}

// A function with a second parameter ends when it calls that.
function call(fn, context, node) {
  return new Promise((resolve, reject) => {
    node.interrupt = reject;
    const { timeout, signal } = node.options;
    let timer;
    if (typeof timeout === 'number' && Number.isFinite(timeout)) {
      timer = setTimeout(() => reject(new Error(`test timed out after ${timeout}ms`)), timeout);
      timer.unref();
    }
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    const done = (error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const fail = (error) => {
      clearTimeout(timer);
      reject(error);
    };
    try {
      if (fn.length > 1) {
        const result = fn.call(context, context, done);
        if (typeof result?.then === 'function') fail(new Error('passed a callback but also returned a Promise'));
      } else {
        const result = fn.call(context, context);
        if (typeof result?.then === 'function') result.then(() => done(), fail);
        else done();
      }
    } catch (error) {
      fail(error);
    }
  });
}

function inherited(node, kind) {
  const lists = [];
  for (let each = node.parent; each !== null; each = each.parent) lists.push(each.hooks[kind]);
  return kind === 'beforeEach' ? lists.reverse().flat() : lists.flat();
}

async function run(node) {
  const begun = process.hrtime.bigint();
  if (!node.skipped) {
    if (node.isSuite) await runSuite(node);
    else await runTest(node);
  }
  node.finished = true;
  node.duration = Number(process.hrtime.bigint() - begun) / 1e6;
  reporter.end(node);
}

async function runSuite(node) {
  const context = contextOf(node);
  try {
    await node.built;
  } catch (error) {
    node.fail(error);
  }
  await runHooks(node.hooks.before, context, node);
  for (const child of node.children) await run(child);
  await runHooks(node.hooks.after, context, node);
  failByChildren(node);
}

function failByChildren(node) {
  const failed = node.children.filter((child) => child.failed && !child.todo && !child.skipped).length;
  if (failed > 0) node.fail(new Error(`${failed} subtest${failed > 1 ? 's' : ''} failed`));
}

async function runTest(node) {
  const before = running;
  running = node;
  const context = contextOf(node);
  try {
    await runHooks(inherited(node, 'beforeEach'), context, node);
    if (!node.failed) await call(node.fn, context, node);
    await node.tail;
    node.plan?.check();
  } catch (error) {
    node.fail(error);
  }
  await runHooks(inherited(node, 'afterEach'), context, node);
  await runHooks(node.hooks.after, context, node);
  node.mock?.reset();
  node.controller?.abort();
  failByChildren(node);
  running = before;
}

function newMock() {
  const { MockTracker } = require('internal/test/mock');
  return new MockTracker();
}

let sharedMock;

function globalMock() {
  return sharedMock ??= newMock();
}

const nodes = new WeakMap();

function contextOf(node) {
  if (node.context === undefined) {
    node.context = node.isSuite ? new SuiteContext() : new TestContext();
    nodes.set(node.context, node);
  }
  return node.context;
}

class SuiteContext {
  get name() {
    return nodes.get(this).name;
  }

  get fullName() {
    return nodes.get(this).fullName;
  }

  get filePath() {
    return process.argv[1];
  }

  get signal() {
    const node = nodes.get(this);
    node.controller ??= new (require('internal/abort_controller').AbortController)();
    return node.controller.signal;
  }
}

class TestContext extends SuiteContext {
  get error() {
    return nodes.get(this).error ?? null;
  }

  get passed() {
    const node = nodes.get(this);
    return node.finished && !node.failed;
  }

  get assert() {
    const node = nodes.get(this);
    return node.assertions ??= require('internal/test/assertions').forContext(() => { if (node.plan) node.plan.actual++; });
  }

  get mock() {
    const node = nodes.get(this);
    return node.mock ??= newMock();
  }

  diagnostic(message) {
    nodes.get(this).diagnostics.push(message);
  }

  plan(count) {
    nodes.get(this).plan = {
      actual: 0,
      check() {
        if (this.actual !== count) throw new Error(`plan expected ${count} assertions but received ${this.actual}`);
      },
    };
  }

  runOnly() {}

  skip(reason) {
    const node = nodes.get(this);
    node.skipped = true;
    if (reason) node.options.skip = reason;
  }

  todo(reason) {
    const node = nodes.get(this);
    node.todo = true;
    if (reason) node.options.todo = reason;
  }

  test(...args) {
    const node = nodes.get(this);
    if (node.plan) node.plan.actual++;
    return addTest(args, {}, node);
  }

  async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    validateFunction(condition, 'condition');
    const deadline = Date.now() + timeout;
    for (;;) {
      try {
        return await condition();
      } catch (cause) {
        if (Date.now() >= deadline) throw new Error('waitFor() timed out', { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }
}

for (const kind of HOOKS) {
  Object.defineProperty(TestContext.prototype, kind, {
    __proto__: null,
    configurable: true,
    writable: true,
    value(fn) {
      validateFunction(fn, 'fn');
      nodes.get(this).hooks[kind].push(fn);
    },
  });
}

module.exports = { addTest, addSuite, globalMock, hook };
