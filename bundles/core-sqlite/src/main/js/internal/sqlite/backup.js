'use strict';

// backup: some pages at a time on the worker pool, with the caller's progress between.

const runtime = require('internal/runtime');
const { invalidType, outOfRange } = require('internal/sqlite/errors');
const { SQLITE_OK, openConnectionOf } = require('internal/sqlite/connection');
const { absolute, checkObject, fileOf, isObject, readFunction, readPath, readString } = require('internal/sqlite/options');

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_DONE = 101;
const DEFAULT_RATE = 100;

function readRate({ rate }) {
  if (rate === undefined) return DEFAULT_RATE;
  if (!Number.isInteger(rate) || Math.abs(rate) > 2147483647) throw invalidType('The "options.rate" argument must be an integer.');
  if (rate <= 0) throw outOfRange('The "options.rate" argument must be a positive integer.');
  return rate;
}

function backup(sourceDb, path, options = undefined) {
  if (!isObject(sourceDb)) throw invalidType('The "sourceDb" argument must be an object.');
  const connection = openConnectionOf(sourceDb);
  const location = absolute(readPath(path));
  if (options !== undefined) checkObject(options);
  const given = options ?? {};
  const rate = readRate(given);
  const source = readString(given, 'source', 'main');
  const target = readString(given, 'target', 'main');
  const progress = readFunction(given, 'progress');
  if (runtime.isGuarded) {
    const file = fileOf(location);
    if (file !== undefined) require('internal/permission').demand('FileSystemWrite', file);
  }
  return new Promise((resolve, reject) => {
    binding.backupOpen(connection.id, source, location, target, (error, opened) => {
      if (error) return reject(error);
      const { 0: destination, 1: pointer } = opened;
      copy({ sourceDb, destination, pointer, rate, progress, resolve, reject });
    });
  });
}

function copy(job) {
  binding.backupStep(job.pointer, job.rate, (error, result) => {
    if (error) return end(job, job.reject, error);
    const { 0: status, 1: remainingPages, 2: totalPages } = result;
    const kind = status & 0xff;
    if (kind === SQLITE_DONE) return end(job, job.resolve, totalPages);
    // Whoever holds the lock lets it go; everything else is told by the end.
    if (kind !== SQLITE_OK && kind !== SQLITE_BUSY && kind !== SQLITE_LOCKED) return end(job, job.resolve, totalPages);
    if (remainingPages !== 0 && job.progress !== undefined) {
      try {
        job.progress({ totalPages, remainingPages });
      } catch (thrown) {
        return end(job, job.reject, thrown);
      }
    }
    copy(job);
  });
}

function end(job, settle, value) {
  try {
    binding.backupFinish(job.destination, job.pointer);
  } catch (error) {
    if (settle === job.resolve) return job.reject(error);
  }
  settle(value);
}

module.exports = { backup };
