'use strict';

// Who accepts: the workers, on a shared socket, or the primary, which hands connections on in turn.

const SCHED_NONE = 1;
const SCHED_RR = 2;

function initialPolicy() {
  const { NODE_CLUSTER_SCHED_POLICY: name } = process.env;
  return name === 'none' ? SCHED_NONE : SCHED_RR;
}

module.exports = { SCHED_NONE, SCHED_RR, initialPolicy };
