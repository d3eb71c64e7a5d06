'use strict';

// Symbols under which objects keep a module's state. The table is the process's own (Symbol.for would be visible to users
// and cross realms), lives in the runtime, and so gives each revision of a module the same symbols.

const { newPrivateSymbol, setNodeErrorSymbol, setPerRevisionSymbol } = require('internal/runtime');

const table = new Map();

function stateSymbol(name) {
  let symbol = table.get(name);
  if (symbol === undefined) table.set(name, symbol = Symbol(name));
  return symbol;
}

/** A symbol that no reflection shows and no prototype hands down: what `#name` of a class would be, but the same in each revision. */
function privateSymbol(name) {
  let symbol = table.get(name);
  if (symbol === undefined) table.set(name, symbol = newPrivateSymbol(name));
  return symbol;
}

const states = new Map();

/** An object that all revisions of a module share; `make` gives it to the first one. */
function sharedState(name, make) {
  if (!states.has(name) && make !== undefined) states.set(name, make());
  return states.get(name);
}

/**
 * A function that calls what `state` has under a name by then: for what keeps functions longer than a revision lives. It is the
 * runtime's own, so whoever keeps it keeps no revision.
 */
function through(state, name) {
  return function(...args) { return Reflect.apply(state[name], this, args); };
}

// On a class: its instances belong to the revision that made them, as they hold numbers of its binding.
const kPerRevision = stateSymbol('per_revision');
setPerRevisionSymbol(kPerRevision);

// On Node's own errors: their stacks begin with the code.
const kIsNodeError = stateSymbol('kIsNodeError');
setNodeErrorSymbol(kIsNodeError);

module.exports = {
  kIsNodeError,
  kPerRevision,
  privateSymbol,
  sharedState,
  stateSymbol,
  through,
  kOwner: stateSymbol('owner_symbol'),
  asyncIdSymbol: stateSymbol('async_id_symbol'),
  triggerAsyncIdSymbol: stateSymbol('trigger_async_id_symbol'),
  kCreateEvent: stateSymbol('kCreateEvent'),
  kNewListener: stateSymbol('kNewListener'),
  kRemoveListener: stateSymbol('kRemoveListener'),
  kIsNodeEventTarget: stateSymbol('kIsNodeEventTarget'),
  kTrustEvent: stateSymbol('kTrustEvent'),
  kClone: stateSymbol('messaging_clone_symbol'),
  kPack: stateSymbol('messaging_pack_symbol'),
  kUnpack: stateSymbol('messaging_unpack_symbol'),
  kTransfer: stateSymbol('messaging_transfer_symbol'),
  kUncloneable: privateSymbol('worker_threads.uncloneable'),
  kTransferList: stateSymbol('messaging_transfer_list_symbol'),
};
