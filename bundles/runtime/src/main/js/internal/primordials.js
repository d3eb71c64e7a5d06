'use strict';

// The built-ins by flat names (ArrayPrototypePush, ObjectKeys). A name is looked up when it is first asked for and kept.

// The engine does not have explicit resource management yet; libraries and core modules ask for its symbols.
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { __proto__: null, value: Symbol(`Symbol.${name}`) });
}

// Names alone: to read a built-in is to make it, and most programs need few. The longest first: ArrayBuffer before Array.
const constructors = Object.getOwnPropertyNames(globalThis).filter((name) => name[0] >= 'A' && name[0] <= 'Z');
constructors.sort((a, b) => b.length - a.length);
const { bind, call } = Function.prototype;
const uncurryThis = bind.bind(call);

function member(owner, rest) {
  if (rest.startsWith('Symbol')) {
    const symbol = Symbol[rest[6].toLowerCase() + rest.slice(7)];
    if (symbol !== undefined) return Object.getOwnPropertyDescriptor(owner, symbol);
  }
  const key = rest === rest.toUpperCase() ? rest : rest[0].toLowerCase() + rest.slice(1);
  return Object.getOwnPropertyDescriptor(owner, key) ?? Object.getOwnPropertyDescriptor(owner, rest);
}

function ofPrototype(prototype, rest) {
  if (rest.startsWith('Get') || rest.startsWith('Set')) {
    const accessor = member(prototype, rest.slice(3));
    const found = accessor?.[rest.startsWith('Get') ? 'get' : 'set'];
    if (found !== undefined) return uncurryThis(found);
  }
  const value = member(prototype, rest)?.value;
  return typeof value === 'function' ? uncurryThis(value) : value;
}

function ofConstructor(constructor, rest) {
  const value = member(constructor, rest)?.value;
  return typeof value === 'function' && constructor !== Reflect && constructor !== Math && constructor !== JSON
    ? value.bind(constructor)
    : value;
}

function find(name) {
  if (name === 'uncurryThis') return uncurryThis;
  if (name === 'applyBind') return (fn, ...args) => bind.apply(fn, args);
  if (constructors.includes(name)) return globalThis[name];
  if (name.startsWith('Safe')) return globalThis[name.slice(4)];
  for (const constructor of constructors) {
    if (!name.startsWith(constructor)) continue;
    const rest = name.slice(constructor.length);
    const owner = globalThis[constructor];
    const value = rest.startsWith('Prototype') && rest.length > 9
      ? ofPrototype(owner.prototype, rest.slice(9))
      : rest === 'Prototype' ? owner.prototype : ofConstructor(owner, rest);
    if (value !== undefined) return value;
  }
  return undefined;
}

module.exports = new Proxy({ __proto__: null }, {
  get(cache, name) {
    const known = cache[name];
    if (known !== undefined || typeof name !== 'string') return known;
    return (cache[name] = find(name));
  },
});
