'use strict';

const codes = require('internal/dns/codes');
const { isIP } = require('internal/dns/address');
const { getDefaultResultOrder, setDefaultResultOrder } = require('internal/dns/order');
const {
  parseLookup, emptyHostname, runLookup, parseLookupService, runLookupService,
} = require('internal/dns/lookup');
const {
  PromiseResolver, defaultPromiseResolver, defaultResolverSetServers, boundMethods,
} = require('internal/dns/resolver');

function lookup(hostname, options) {
  const query = parseLookup(hostname, options);
  if (!hostname) return Promise.reject(emptyHostname(hostname));
  const family = isIP(hostname);
  if (family) {
    const entry = { address: hostname, family };
    return Promise.resolve(query.all ? [entry] : entry);
  }
  return new Promise((resolve, reject) => {
    runLookup(hostname, query, (error, addresses) => {
      if (error) reject(error);
      else resolve(query.all ? addresses : addresses[0]);
    });
  });
}

function lookupService(address, port) {
  parseLookupService(arguments, 2);
  return new Promise((resolve, reject) => {
    runLookupService(address, port, (error, hostname, service) => {
      if (error) reject(error);
      else resolve({ hostname, service });
    });
  });
}

module.exports = {
  lookup,
  lookupService,
  Resolver: PromiseResolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: defaultResolverSetServers,
  ...codes,
  ...boundMethods(defaultPromiseResolver),
};
