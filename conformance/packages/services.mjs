// Servers for clients to speak to, where the machine has them: each on a port of its own, with an empty folder, stopped afterwards.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const START_TIMEOUT_MS = 60_000;
const RETRY_MS = 100;
const NOBODY = 65534;

const SERVICES = {
  postgresql: { program: 'postgres', start: startPostgres },
  redis: { program: 'redis-server', start: startRedis },
  nats: { program: 'nats-server', start: startNats },
  mysql: { program: 'mariadbd', start: startMariaDb },
  amqp: { program: 'rabbitmq-server', start: startRabbit, end: endErlangPortMapper },
};

/** A running server, or one that says that there is none: its URL is then of a port where nobody listens. */
export async function startService(name) {
  const service = SERVICES[name];
  const port = await freePort();
  const program = service && find(service.program);
  if (!program) return { url: `none://127.0.0.1:${port}`, remark: 'no server here: refused connections only', stop() {} };
  const folder = mkdtempSync(join(tmpdir(), `nodule-${name}-`));
  chmodSync(folder, 0o755);
  const user = process.getuid() === 0 ? NOBODY : undefined;
  if (user) chownSync(folder, user, user);
  // These servers do not run as root.
  const identity = user && { uid: user, gid: user };
  const child = service.start({ program, folder, port, identity });
  let ended = false;
  child.on('exit', () => { ended = true; });
  const stop = () => new Promise((done) => {
    const finish = () => {
      service.end?.(port);
      rmSync(folder, { recursive: true, force: true });
      done();
    };
    if (ended) return finish();
    child.on('exit', finish);
    stopGroup(child.pid);
  });
  const until = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (ended || Date.now() > until) {
      await stop();
      return { url: `none://127.0.0.1:${port}`, remark: 'the server did not start: refused connections only', stop() {} };
    }
    await new Promise((next) => setTimeout(next, RETRY_MS));
  }
  return { url: child.url, remark: `a real server (${service.program})`, stop };
}

function stopGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone meanwhile.
  }
}

function find(program) {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').map((it) => `/usr/lib/postgresql/${it}/bin`) : [];
  return [...debian, ...process.env.PATH.split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => { socket.destroy(); done(true); });
    socket.on('error', () => done(false));
  });
}

/** A server process in a group of its own. */
function serve(url, program, args, options) {
  const child = spawn(program, args, { stdio: 'ignore', detached: true, ...options });
  child.on('error', () => {});
  child.url = url;
  return child;
}

function startPostgres({ program, folder, port, identity }) {
  const data = join(folder, 'data');
  execFileSync(join(program, '..', 'initdb'), ['-D', data, '-U', 'tester', '--auth=trust', '-E', 'UTF8', '--no-sync'], { cwd: folder, stdio: 'ignore', ...identity });
  return serve(`postgres://tester@127.0.0.1:${port}/postgres`, program,
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'], { cwd: folder, ...identity });
}

function startRedis({ program, folder, port, identity }) {
  return serve(`redis://127.0.0.1:${port}`, program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''], { cwd: folder, ...identity });
}

function startNats({ program, folder, port, identity }) {
  return serve(`nats://127.0.0.1:${port}`, program, ['-a', '127.0.0.1', '-p', String(port)], { cwd: folder, ...identity });
}

function startMariaDb({ program, folder, port, identity }) {
  const data = join(folder, 'data');
  mkdirSync(data);
  if (identity) chownSync(data, identity.uid, identity.gid);
  const common = ['--no-defaults', `--datadir=${data}`];
  execFileSync('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db'], { cwd: folder, stdio: 'ignore', ...identity });
  return serve(`mysql://root@127.0.0.1:${port}/mysql`, program,
    [...common, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`], { cwd: folder, ...identity });
}

/** The server of Debian insists on a user of its own: as nobody, only its program is started. */
function startRabbit({ folder, port, identity }) {
  const server = readdirSync('/usr/lib/rabbitmq/lib').map((it) => `/usr/lib/rabbitmq/lib/${it}/sbin/rabbitmq-server`)[0];
  return serve(`amqp://guest:guest@127.0.0.1:${port}`, server, [], {
    cwd: folder,
    ...identity,
    env: {
      ...process.env,
      HOME: folder,
      ...portMapper(port),
      RABBITMQ_DIST_PORT: String(port + 2),
      RABBITMQ_NODENAME: `nodule${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
    },
  });
}

function portMapper(port) {
  return { ERL_EPMD_PORT: String(port + 1) };
}

/** Erlang starts it for its first node, as a daemon in a session of its own. */
function endErlangPortMapper(port) {
  spawnSync('epmd', ['-kill'], { env: { ...process.env, ...portMapper(port) }, stdio: 'ignore' });
}
