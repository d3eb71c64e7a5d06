'use strict';

// What /json/protocol tells: the domains with the names of their commands.

const DOMAINS = {
  Console: 'console_domain', Debugger: 'debugger_domain', HeapProfiler: 'heap_profiler_domain', Network: 'network_domain',
  NodeRuntime: 'node_domains', NodeWorker: 'node_worker_domain', Profiler: 'profiler_domain', Runtime: 'runtime_domain',
};

function protocol() {
  return {
    version: { major: '1', minor: '3' },
    get domains() {
      return Object.keys(DOMAINS).map((domain) => ({
        domain,
        commands: Object.keys(require(`internal/inspector/${DOMAINS[domain]}`).domains[domain].commands).map((name) => ({ name })),
      }));
    },
  };
}

module.exports = { DOMAINS, protocol };
