'use strict';

const { getOptionValue } = require('internal/options');
const { validateOneOf } = require('internal/validators');

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];

let defaultOrder;

function getDefaultResultOrder() {
  return defaultOrder ??= getOptionValue('--dns-result-order') || 'verbatim';
}

function setDefaultResultOrder(value) {
  validateOneOf(value, 'dnsOrder', ORDERS);
  defaultOrder = value;
}

// The addresses of one family first, each family in the system's order.
function arrange(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter(({ family }) => family === first), ...addresses.filter(({ family }) => family !== first)];
}

module.exports = { ORDERS, getDefaultResultOrder, setDefaultResultOrder, arrange };
