/** An agent in a process of its own, with a state folder of its own, whose user answers by the control socket. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LAUNCHER = new URL('../../lp2p', import.meta.url).pathname;
const START_MS = 30_000;

export class Agent {
  #process;
  #state;

  /** @param {string} name as the other sees it */
  static async start(name) {
    const state = await mkdtemp(join(tmpdir(), 'lp2p-bench-'));
    const port = await freePort();
    const args = ['agent', '--json', '--no-windows', '--interface', 'lo', '--state', state, '--name', name];
    const begun = performance.now();
    const started = spawn(LAUNCHER, [...args, '--gateway-port', `${port}`], {
      env: { ...process.env, LP2P_NO_BUILD: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const agent = new Agent(name, started, state, port);
    try {
      agent.fingerprint = (await agent.#ready()).fingerprint;
    } catch (error) {
      await agent.stop();
      throw error;
    }
    agent.startSeconds = (performance.now() - begun) / 1000;
    return agent;
  }

  constructor(name, started, state, port) {
    this.name = name;
    this.port = port;
    this.#process = started;
    this.#state = state;
  }

  get pid() {
    return this.#process.pid;
  }

  /** Asks or answers; the fields are those of docs/agent.md. */
  async control(request) {
    const socket = connect(join(this.#state, 'control.sock'));
    try {
      socket.write(`${JSON.stringify({ ...request, version: 1 })}\n`);
      const [line] = await once(createInterface(socket), 'line');
      return JSON.parse(line);
    } finally {
      socket.destroy();
    }
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = once(this.#process, 'exit');
      this.#process.kill();
      await exit;
    }
    await rm(this.#state, { recursive: true, force: true });
  }

  #ready() {
    return new Promise((resolve, reject) => {
      let words = '';
      this.#process.stderr.on('data', (text) => (words += text));
      this.#process.once('exit', () => reject(new Error(`The agent ended:\n${words}`)));
      setTimeout(() => reject(new Error(`The agent does not start:\n${words}`)), START_MS).unref();
      createInterface(this.#process.stdout).on('line', (line) => {
        const event = JSON.parse(line);
        if (event.event === 'agent-ready') {
          resolve(event);
        }
      });
    });
  }
}

/** Says yes to everything that two agents ask of each other, until stopped. */
export function answerAll(first, second) {
  let isOver = false;
  const answering = (async () => {
    while (!isOver) {
      await answer(first, second);
      await answer(second, first);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    isOver = true;
    await answering;
  };
}

async function answer(agent, other) {
  const lifetime = 'SESSION';
  for (const request of (await agent.control({ do: 'requests' })).requests) {
    const { id } = request;
    switch (request.kind) {
      case 'advertise':
        await agent.control({ do: 'allow', id, lifetime });
        break;
      case 'incoming':
        await agent.control({ do: 'allow', id, lifetime, to: request.receivers[0] });
        break;
      case 'choose':
        if (request.devices.some(({ fingerprint }) => fingerprint === other.fingerprint)) {
          await agent.control({ do: 'choose', id, device: other.fingerprint, lifetime });
        }
        break;
      case 'code-shown':
        for (const asked of (await other.control({ do: 'requests' })).requests) {
          if (asked.kind === 'code-needed') {
            await other.control({ do: 'code', id: asked.id, code: request.code });
          }
        }
        break;
    }
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
