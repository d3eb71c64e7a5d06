'use strict';

// Heap snapshots in V8's format, in pieces of text. The graph is the engine's; its sizes are estimates.

const state = require('internal/inspector/state');

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
  node_types: [
    ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic', 'concatenated string',
      'sliced string', 'symbol', 'bigint', 'object shape'],
    'string', 'number', 'number', 'number', 'number',
  ],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'], 'string_or_number', 'node'],
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
  sample_fields: ['timestamp_us', 'last_assigned_id'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

/** What is reachable by none of the globals. */
function roots() {
  const { Module } = require('module');
  return [process, Module._cache];
}

function* chunks() {
  const graph = state.engine().heap.walk(...roots());
  const snapshot = { meta, node_count: graph.nodeCount, edge_count: graph.edgeCount, trace_function_count: 0, extra_native_bytes: 0 };
  yield `{"snapshot":${JSON.stringify(snapshot)},\n"nodes":[`;
  yield* pieces(graph.nodes);
  yield '],\n"edges":[';
  yield* pieces(graph.edges);
  yield '],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[],\n"strings":';
  yield* pieces(JSON.stringify(graph.strings));
  yield '}';
}

const PIECE = 1 << 18;

function* pieces(text) {
  for (let i = 0; i < text.length; i += PIECE) yield text.slice(i, i + PIECE);
}

module.exports = { chunks };
