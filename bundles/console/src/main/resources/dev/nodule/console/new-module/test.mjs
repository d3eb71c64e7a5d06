// Run by `mvn verify`: deploys the bundle into this process and uses it.
import assert from 'node:assert/strict';
import modules from 'nodule:modules';

await modules.swap(process.argv[2], { persist: false });
const { greet, sum } = await import('@id@');

assert.equal(greet('world'), 'Hello, world!');
assert.equal(await sum(1000), 500500);
console.log('@id@ works');
