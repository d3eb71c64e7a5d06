'use strict';

// The symbols under which sessions and streams keep what they know.

const { stateSymbol } = require('internal/symbols');

const names = [
  'kSession', 'kState', 'kSocket', 'kServer', 'kId', 'kSentHeaders', 'kSentInfoHeaders', 'kSentTrailers', 'kOrigin', 'kAuthority',
  'kProtocol', 'kOptions', 'kType', 'kHandle', 'kInit', 'kMaybeDestroy', 'kProceed', 'kRequest', 'kResponse', 'kOnEvent', 'kProxy',
  'kAborted', 'kHeadRequest',
];
for (const name of names) exports[name] = stateSymbol(`http2.${name}`);
