'use strict';

// One program in several processes that share their servers. What differs between the primary and its workers is in
// internal/cluster/primary and internal/cluster/child.

const EventEmitter = require('events');
const { sharedState } = require('internal/symbols');
const { Worker } = require('internal/cluster/worker');
const { SCHED_NONE, SCHED_RR } = require('internal/cluster/policy');

const worker = sharedState('cluster.worker'); // set by `process` in a worker, before anything of the application runs
const role = worker === undefined ? require('internal/cluster/primary') : require('internal/cluster/child');

const cluster = Object.create(EventEmitter.prototype);
Reflect.apply(EventEmitter, cluster, []);
cluster.isWorker = worker !== undefined;
cluster.isMaster = worker === undefined;
cluster.isPrimary = worker === undefined;
cluster.Worker = Worker;
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;
role.install(cluster);

module.exports = cluster;
