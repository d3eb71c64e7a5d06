'use strict';

// Profiles and snapshots have the form that DevTools reads.

const assert = require('node:assert');
const inspector = require('node:inspector/promises');

class Kept {
  constructor(number) {
    this.number = number;
    this.text = `kept ${number}`;
  }
}

globalThis.kept = Array.from({ length: 25 }, (_, number) => new Kept(number));

function busy(until) {
  let sum = 0;
  while (Date.now() < until) for (let i = 0; i < 1000; i++) sum += i;
  return sum;
}

async function test() {
  const session = new inspector.Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  busy(Date.now() + 300);
  const { profile } = await session.post('Profiler.stop');
  const ids = new Map(profile.nodes.map((node) => [node.id, node]));
  assert.strictEqual(profile.nodes[0].callFrame.functionName, '(root)');
  assert.strictEqual(profile.samples.length, profile.timeDeltas.length);
  assert.ok(profile.samples.every((id) => ids.has(id)));
  assert.ok(profile.nodes.every(({ children = [] }) => children.every((id) => ids.has(id))));
  assert.ok(profile.endTime > profile.startTime);
  assert.ok(profile.nodes.some(({ callFrame }) => callFrame.functionName === 'busy' && callFrame.url.startsWith('file://')));

  let text = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => { text += params.chunk; });
  await session.post('HeapProfiler.takeHeapSnapshot');
  const { snapshot, nodes, edges, strings } = JSON.parse(text);
  const fields = snapshot.meta.node_fields.length;
  assert.strictEqual(nodes.length, snapshot.node_count * fields);
  assert.strictEqual(edges.length, snapshot.edge_count * 3);
  const type = snapshot.meta.node_fields.indexOf('type');
  const name = snapshot.meta.node_fields.indexOf('name');
  const count = snapshot.meta.node_fields.indexOf('edge_count');
  const object = snapshot.meta.node_types[0].indexOf('object');
  let found = 0;
  let edgeTotal = 0;
  for (let i = 0; i < nodes.length; i += fields) {
    if (nodes[i + type] === object && strings[nodes[i + name]] === 'Kept') found++;
    edgeTotal += nodes[i + count];
  }
  assert.ok(found >= 25, `${found} objects of the class`);
  assert.strictEqual(edgeTotal, snapshot.edge_count);
  for (let i = 2; i < edges.length; i += 3) assert.ok(edges[i] % fields === 0 && edges[i] < nodes.length);
  session.disconnect();
}

test();
