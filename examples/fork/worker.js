'use strict';

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

process.on('message', ({ job, n }) => {
  process.send({ job, result: fibonacci(n) });
});
