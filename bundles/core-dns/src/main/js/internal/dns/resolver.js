'use strict';

const { ChannelWrap, parseOptions, parseServers, serverText, setLocalAddress } = require('internal/dns/channel');
const { METHODS, defineQueries } = require('internal/dns/queries');

class ResolverBase {
  constructor(options) {
    this._handle = new ChannelWrap(parseOptions(options));
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    return (this._handle.getServers() || []).map(serverText);
  }

  setServers(servers) {
    this._handle.setServers(parseServers(servers));
  }

  setLocalAddress(ipv4, ipv6) {
    setLocalAddress(this._handle, ipv4, ipv6);
  }
}

function makeResolver(withCallback) {
  const Resolver = class Resolver extends ResolverBase {};
  defineQueries(Resolver, withCallback);
  return Resolver;
}

const CallbackResolver = makeResolver(true);
const PromiseResolver = makeResolver(false);

// The resolver behind dns.resolve() and dns.promises.resolve(): both use the same servers.
const defaultResolver = new CallbackResolver();
const defaultPromiseResolver = new PromiseResolver();
defaultPromiseResolver._handle = defaultResolver._handle;

function defaultResolverSetServers(servers) {
  defaultResolver.setServers(servers);
}

// The methods of the default resolver as functions of their own.
function boundMethods(resolver) {
  const methods = { getServers: resolver.getServers.bind(resolver), resolve: resolver.resolve.bind(resolver) };
  for (const { 0: name } of METHODS) methods[name] = resolver[name].bind(resolver);
  return methods;
}

module.exports = {
  CallbackResolver, PromiseResolver, defaultResolver, defaultPromiseResolver, defaultResolverSetServers, boundMethods,
};
