'use strict';

// --test-global-setup: a module whose globalSetup() runs before all tests, and globalTeardown() after them.

let teardown;

async function setUp(file) {
  const { pathToFileURL } = require('url');
  const path = require('path').resolve(file);
  const found = await require('internal/modules/esm').importDynamically(pathToFileURL(path).href, pathToFileURL(`${process.cwd()}/`).href, {});
  const own = found.globalSetup === undefined && found.default !== null && typeof found.default === 'object' ? found.default : found;
  teardown = own.globalTeardown;
  await own.globalSetup?.();
}

async function tearDown() {
  const fn = teardown;
  teardown = undefined;
  await fn?.();
}

module.exports = { setUp, tearDown };
