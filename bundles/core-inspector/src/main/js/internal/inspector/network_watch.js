'use strict';

// With --experimental-network-inspection: tells clients of the requests that node:http makes.

const { getOptionValue } = require('internal/options');
const { sharedState } = require('internal/symbols');

const shared = sharedState('inspector.networkWatch', () => ({ subscriptions: undefined, last: 0, requests: new WeakMap() }));

const seconds = () => performance.now() / 1000;

function headersOf(message) {
  const headers = {};
  for (const [name, value] of Object.entries(message.getHeaders?.() ?? message.headers)) {
    headers[name] = Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : `${value}`;
  }
  return headers;
}

function contentType(headers) {
  const [mimeType = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((part) => /^charset=/i.test(part))?.slice('charset='.length) ?? '';
  return { mimeType, charset };
}

function urlOf(request) {
  return `${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`;
}

function emit(name, params) {
  require('internal/inspector/network_domain').emitNetwork(name, params);
}

const listeners = {
  'http.client.request.created': ({ request }) => {
    const requestId = `node-network-event-${++shared.last}`;
    shared.requests.set(request, requestId);
    const headers = headersOf(request);
    emit('requestWillBeSent', {
      requestId, timestamp: seconds(), wallTime: Date.now(), charset: contentType(headers).charset,
      request: { url: urlOf(request), method: request.method, headers },
    });
  },
  'http.client.request.error': ({ request, error }) => {
    const requestId = shared.requests.get(request);
    if (requestId === undefined) return;
    emit('loadingFailed', { requestId, timestamp: seconds(), type: 'Other', errorText: error.message });
  },
  'http.client.response.finish': ({ request, response }) => {
    const requestId = shared.requests.get(request);
    if (requestId === undefined) return;
    const headers = headersOf(response);
    emit('responseReceived', {
      requestId, timestamp: seconds(), type: 'Other',
      response: { url: urlOf(request), status: response.statusCode, statusText: response.statusMessage ?? '', headers, ...contentType(headers) },
    });
    response.on('data', (chunk) => {
      const data = Buffer.from(chunk);
      emit('dataReceived', { requestId, timestamp: seconds(), dataLength: data.length, encodedDataLength: data.length, data });
    });
    response.once('end', () => emit('loadingFinished', { requestId, timestamp: seconds() }));
  },
};

function watch() {
  if (shared.subscriptions !== undefined || !getOptionValue('--experimental-network-inspection')) return;
  const { subscribe } = require('diagnostics_channel');
  shared.subscriptions = listeners;
  for (const name of Object.keys(listeners)) subscribe(name, listeners[name]);
}

function unwatch() {
  if (shared.subscriptions === undefined) return;
  const { unsubscribe } = require('diagnostics_channel');
  for (const name of Object.keys(shared.subscriptions)) unsubscribe(name, shared.subscriptions[name]);
  shared.subscriptions = undefined;
}

module.exports = { unwatch, watch };
