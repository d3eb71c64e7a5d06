'use strict';

// A listening socket of the primary, whose connections go to the workers that wait for one, in turn.

const net = require('net');
const { send } = require('internal/cluster/messages');

const IPV6_ONLY = 1;

class RoundRobinHandle {
  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    this.key = key;
    this.workers = new Map();
    this.free = new Map(); // those that wait for a connection
    this.connections = []; // those that wait for a worker
    this.handle = null;
    this.hasAddress = !(port < 0);
    this.server = net.createServer();
    if (fd >= 0) {
      this.server.listen({ fd, backlog });
    } else if (port >= 0) {
      this.server.listen({ port, host: address, ipv6Only: Boolean(flags & IPV6_ONLY), backlog, exclusive: true });
    } else {
      this.server.listen({ path: address, backlog, readableAll, writableAll });
    }
    this.server.once('listening', () => {
      this.handle = this.server._handle;
      this.handle.onconnection = (status, connection) => this.distribute(status, connection);
      this.server._handle = null;
      this.server = null;
    });
  }

  /** `reply(errno, answer, handle)` once the socket listens. */
  add(worker, reply) {
    this.workers.set(worker.id, worker);
    const listening = () => {
      const sockname = {};
      const answer = this.hasAddress && this.handle.getsockname(sockname) === 0 ? { sockname } : null;
      reply(null, answer, null);
      this.handOver(worker);
    };
    if (this.server === null) {
      listening();
      return;
    }
    this.server.once('listening', listening);
    this.server.once('error', (error) => reply(error.errno, null));
  }

  /** Whether nobody needs it any more; then it is closed. */
  remove(worker) {
    if (!this.workers.delete(worker.id)) return false;
    this.free.delete(worker.id);
    if (this.workers.size > 0) return false;
    for (const connection of this.connections.splice(0)) connection.close();
    this.handle?.close();
    this.handle = null;
    return true;
  }

  has(worker) {
    return this.workers.has(worker.id);
  }

  distribute(status, connection) {
    if (connection === undefined) return;
    this.connections.push(connection);
    const { value: worker } = this.free.values().next();
    if (worker === undefined) return;
    this.free.delete(worker.id);
    this.handOver(worker);
  }

  handOver(worker) {
    if (!this.workers.has(worker.id)) return;
    const connection = this.connections.shift();
    if (connection === undefined) {
      this.free.set(worker.id, worker);
      return;
    }
    const sent = send(worker.process, { act: 'newconn', key: this.key }, connection, (answer) => {
      if (answer.accepted) connection.close();
      else this.distribute(0, connection);
      this.handOver(worker);
    });
    if (sent === false && !worker.process.connected) this.distribute(0, connection);
  }
}

module.exports = { RoundRobinHandle };
module.sharedClasses = { RoundRobinHandle };
