'use strict';

// A process that has fetched nothing has no agent.
if (require('internal/symbols').sharedState('fetch.agent') !== undefined) require('internal/fetch/agent').renew();
