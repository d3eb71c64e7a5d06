'use strict';

const { finishedPromise } = require('internal/streams/finished');
const { pipelinePromise } = require('internal/streams/pipeline');

function pipeline(...streams) {
  return pipelinePromise(...streams);
}

function finished(stream, options) {
  return finishedPromise(stream, options);
}

module.exports = { finished, pipeline };
