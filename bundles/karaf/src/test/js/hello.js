'use strict';

console.log(`hello from ${process.versions.node} with ${process.argv.slice(2)}`);
