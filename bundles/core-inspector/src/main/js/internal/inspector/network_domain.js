'use strict';

// The domains Network, IO and DOMStorage: what programs and core modules tell of requests and storage, and what clients ask for later.

const { ProtocolError, broadcast, isEnabledAnywhere, switches } = require('internal/inspector/connection');
const { sharedState } = require('internal/symbols');

const shared = sharedState('inspector.network', () => ({
  requests: new Map(), // by identifier: { sent, received, requestCharset, responseCharset, isRequestDone, isResponseDone, streams }
  resources: new Map(), // of NetworkResources, by URL
  streams: new Map(), // that clients read, by handle
  lastStream: 0,
  storages: new Map(),
}));

const TEXT = /^(utf-?8)$/i;

function initiator() {
  const { currentTrace } = require('internal/inspector/runtime_domain');
  return { type: 'script', stack: currentTrace() };
}

/** The properties that an event has, in their order; `make` gives what is not there. */
function pick(params, names) {
  const result = {};
  for (const name of names) if (params[name] !== undefined) result[name] = params[name];
  return result;
}

function requestOf(id) {
  const request = shared.requests.get(id);
  if (request === undefined) throw new ProtocolError('Request not found');
  return request;
}

function body(parts, charset) {
  const bytes = Buffer.concat(parts);
  return TEXT.test(charset ?? '') ? { text: bytes.toString('utf8'), isBinary: false } : { text: bytes.toString('base64'), isBinary: true };
}

/** By the names of events: what a client gets, or undefined if it is kept for later. */
const events = {
  requestWillBeSent(params) {
    const { request = {}, charset } = params;
    shared.requests.set(params.requestId, {
      sent: [], received: [], requestCharset: charset, responseCharset: undefined, hasBody: request.hasPostData === true,
      isRequestDone: request.hasPostData !== true, isResponseDone: false, streams: new Set(),
    });
    return {
      requestId: params.requestId,
      request: { ...pick(request, ['url', 'method', 'headers']), hasPostData: request.hasPostData ?? false },
      initiator: initiator(),
      ...pick(params, ['timestamp', 'wallTime']),
    };
  },
  responseReceived(params) {
    const request = shared.requests.get(params.requestId);
    if (request !== undefined) request.responseCharset = params.response?.charset;
    return {
      ...pick(params, ['requestId', 'timestamp', 'type']),
      response: pick({ mimeType: '', charset: '', ...params.response }, ['url', 'status', 'statusText', 'headers', 'mimeType', 'charset']),
    };
  },
  dataReceived(params) {
    const request = shared.requests.get(params.requestId);
    if (request === undefined) return undefined;
    const bytes = Buffer.from(params.data ?? '');
    if (request.streams.size > 0) {
      return { ...pick(params, ['requestId', 'timestamp', 'dataLength', 'encodedDataLength']), data: bytes.toString('base64') };
    }
    request.received.push(bytes);
    return undefined;
  },
  dataSent(params) {
    const request = shared.requests.get(params.requestId);
    if (request === undefined) return undefined;
    if (params.finished) request.isRequestDone = true;
    else request.sent.push(Buffer.from(params.data ?? ''));
    return undefined;
  },
  loadingFinished(params) {
    const request = shared.requests.get(params.requestId);
    if (request !== undefined) {
      request.isResponseDone = true;
      if (request.streams.size > 0) shared.requests.delete(params.requestId);
    }
    return pick(params, ['requestId', 'timestamp']);
  },
  loadingFailed(params) {
    shared.requests.delete(params.requestId);
    return pick(params, ['requestId', 'timestamp', 'type', 'errorText']);
  },
  webSocketCreated(params) {
    return { ...pick(params, ['requestId', 'url']), initiator: initiator() };
  },
  webSocketClosed(params) {
    return pick(params, ['requestId', 'timestamp']);
  },
  webSocketHandshakeResponseReceived(params) {
    return { ...pick(params, ['requestId', 'timestamp']), response: pick(params.response ?? {}, ['status', 'statusText', 'headers']) };
  },
};

function emitNetwork(name, params) {
  if (!isEnabledAnywhere('Network')) return;
  const event = events[name](params);
  if (event !== undefined) broadcast('Network', name, event);
}

function emitStorage(name, params) {
  if (name === 'registerStorage') {
    const { isLocalStorage, storageMap } = params;
    shared.storages.set(Boolean(isLocalStorage), new Map(Object.entries(storageMap).map(([key, value]) => [key, `${value}`])));
    return;
  }
  broadcast('DOMStorage', name, params);
}

const Network = {
  ...switches('Network', () => require('internal/inspector/network_watch').watch(), () => {
    if (!isEnabledAnywhere('Network')) require('internal/inspector/network_watch').unwatch();
  }),

  getRequestPostData(connection, { requestId }) {
    const { sent, requestCharset, isRequestDone } = requestOf(requestId);
    if (!isRequestDone) throw new ProtocolError('Request data is not finished yet');
    const { text, isBinary } = body(sent, requestCharset);
    if (isBinary) throw new ProtocolError('Unable to serialize binary request body');
    return { postData: text };
  },

  getResponseBody(connection, { requestId }) {
    const { received, responseCharset, isResponseDone } = requestOf(requestId);
    if (!isResponseDone) throw new ProtocolError('Response data is not finished yet');
    const { text, isBinary } = body(received, responseCharset);
    return { body: text, base64Encoded: isBinary };
  },

  streamResourceContent(connection, { requestId }) {
    const request = requestOf(requestId);
    request.streams.add(connection);
    const bufferedData = Buffer.concat(request.received).toString('base64');
    request.received = [];
    if (request.isResponseDone) shared.requests.delete(requestId);
    return { bufferedData };
  },

  loadNetworkResource(connection, { url }) {
    const { getOptionValue } = require('internal/options');
    if (!getOptionValue('--experimental-inspector-network-resource')) throw new ProtocolError('Network resource loading is not enabled. Use --experimental-inspector-network-resource.');
    const text = shared.resources.get(url);
    if (text === undefined) return { resource: { success: false } };
    const stream = `${++shared.lastStream}`;
    shared.streams.set(stream, { text, offset: 0 });
    return { resource: { success: true, stream } };
  },
};

const IO = {
  read(connection, { handle, offset, size }) {
    const stream = shared.streams.get(handle);
    if (stream === undefined) return { data: '', eof: true };
    const from = offset ?? stream.offset;
    const data = stream.text.slice(from, size === undefined ? undefined : from + size);
    stream.offset = from + data.length;
    return { data, eof: data.length === 0 };
  },
  close(connection, { handle }) {
    shared.streams.delete(handle);
  },
};

const DOMStorage = {
  ...switches('DOMStorage'),
  getDOMStorageItems(connection, { storageId }) {
    const known = shared.storages.get(Boolean(storageId.isLocalStorage));
    return { entries: known === undefined ? [] : [...known] };
  },
};

const Storage = {
  getStorageKey() {
    const file = require('internal/options').getOptionValue('--localstorage-file');
    return { storageKey: file ? require('url').pathToFileURL(require('path').resolve(file)).href : 'node-inspector://default-dom-storage' };
  },
};

module.exports = {
  domains: { Network: { commands: Network }, IO: { commands: IO }, DOMStorage: { commands: DOMStorage }, Storage: { commands: Storage } },
  emitNetwork,
  emitStorage,
  networkEvents: Object.keys(events),
  resources: shared.resources,
};
