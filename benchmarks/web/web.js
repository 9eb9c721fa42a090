/**
 * `./lp2p bench web`: what goes between two pages in two browsers over two agents, and over an RTCDataChannel between the
 * same pages in turns, all on this machine; docs/benchmarks.md says how. Exits with 1 if a goal is missed.
 */
import { Agent, answerAll } from './agent.js';
import { Browser } from './browser.js';
import { servePage } from './page-server.js';
import { cpuSeconds, MemoryPeaks, residentMb, tree } from './processes.js';
import { report } from './report.js';
import { median } from './statistics.js';

const LANES = ['rtc', 'channel', 'stream'];
const ROUND_TRIPS = ['rtc', 'channel', 'stream', 'datagram'];
const OTHERS = { rtc: 'rtc2', channel: 'channel2' };

const FULL = { rounds: 5, bulkMs: 3000, trips: 400, memoryBytes: 2 * 2 ** 30 };
const QUICK = { rounds: 2, bulkMs: 1500, trips: 200, memoryBytes: 2 ** 28 };
/** Round trips of each kind that do not count. */
const WARM_UP_ROUNDS = 20;
/** For a page to be idle once it is connected. */
const SETTLE_MS = 3000;
/** For an agent to be idle: its JVM gives back every five seconds what the start took, see ./lp2p. */
const AGENT_SETTLE_MS = 12_000;

const settings = process.argv.includes('--quick') ? QUICK : FULL;
const opened = [];
process.once('SIGINT', () => end(130));
process.once('SIGTERM', () => end(143));
try {
  const isGood = report(await measure());
  await end(isGood ? 0 : 1);
} catch (error) {
  console.error(error);
  await end(1);
}

async function measure() {
  const server = await servePage();
  opened.push(() => server.close());
  say('Starting two agents and two browsers');
  const agents = { screen: await startAgent('Screen'), remote: await startAgent('Remote') };
  await settle(AGENT_SETTLE_MS);
  const agentIdleMb = Object.values(agents).map(({ pid }) => residentMb(pid));
  const browsers = { screen: await launchBrowser(), remote: await launchBrowser() };
  const pages = await connect(server.url, agents, browsers);
  const pids = {
    'agent screen': [agents.screen.pid],
    'agent remote': [agents.remote.pid],
    'page screen': await browsers.screen.renderers(),
    'page remote': await browsers.remote.renderers(),
  };
  await settle(SETTLE_MS);
  const idle = new MemoryPeaks(pids).stop();

  say(`Sending ${Math.round(settings.memoryBytes / 2 ** 20)} MiB over a data channel, for memory and to warm up`);
  const peaks = new MemoryPeaks(pids);
  const cold = await pages.remote.run((bytes) => bench.bulk('channel', { bytes }), settings.memoryBytes);
  const peak = peaks.stop();

  const everything = () =>
    [agents.screen.pid, agents.remote.pid, browsers.screen.pid, browsers.remote.pid].flatMap((pid) => tree(pid));
  const rates = newResults(LANES);
  const trips = newResults(ROUND_TRIPS);
  const loaded = newResults(Object.keys(OTHERS));
  say('Warming up the rest');
  await pages.remote.run((ms) => bench.bulk('stream', { ms }), settings.bulkMs);
  for (const lane of ROUND_TRIPS) {
    await pages.remote.run((l, n) => bench.roundTrips(l, n), lane, WARM_UP_ROUNDS * settings.trips);
  }
  for (let round = 1; round <= settings.rounds; round++) {
    say(`Round ${round} of ${settings.rounds}`);
    for (const lane of ROUND_TRIPS) {
      trips[lane].push(...(await pages.remote.run((l, n) => bench.roundTrips(l, n), lane, settings.trips)));
    }
    for (const lane of LANES) {
      const before = cpuSeconds(everything());
      const { bytes, seconds } = await pages.remote.run((l, ms) => bench.bulk(l, { ms }), lane, settings.bulkMs);
      rates[lane].push({
        mbPerSecond: bytes / 1e6 / seconds,
        cpuSecondsPerGb: (cpuSeconds(everything()) - before) / (bytes / 1e9),
      });
    }
    for (const [lane, other] of Object.entries(OTHERS)) {
      const ms = settings.bulkMs / 2;
      loaded[lane].push(...(await pages.remote.run((o, l, t) => bench.roundTripsUnderBulk(o, l, t), other, lane, ms)));
    }
  }
  return {
    startSeconds: Object.values(agents).map(({ startSeconds }) => startSeconds),
    agentIdleMb,
    idle,
    peak,
    coldMbPerSecond: cold.bytes / 1e6 / cold.seconds,
    rates: Object.fromEntries(
      LANES.map((lane) => [
        lane,
        {
          mbPerSecond: median(rates[lane].map(({ mbPerSecond }) => mbPerSecond)),
          cpuSecondsPerGb: median(rates[lane].map(({ cpuSecondsPerGb }) => cpuSecondsPerGb)),
        },
      ]),
    ),
    trips,
    loaded,
  };
}

async function connect(url, agents, browsers) {
  const [screen, remote] = await Promise.all(
    Object.keys(agents).map((side) => browsers[side].open(`${url}?port=${agents[side].port}`)),
  );
  const stopAnswering = answerAll(agents.screen, agents.remote);
  try {
    await screen.run(() => bench.listen());
    await remote.run(() => bench.connect());
  } finally {
    await stopAnswering();
  }
  const offer = await remote.run(() => bench.offer());
  const answer = await screen.run((given) => bench.answer(given), offer);
  await remote.run((given) => bench.take(given), answer);
  return { screen, remote };
}

async function startAgent(name) {
  const agent = await Agent.start(name);
  opened.push(() => agent.stop());
  return agent;
}

async function launchBrowser() {
  const browser = await Browser.launch();
  opened.push(() => browser.close());
  return browser;
}

function newResults(lanes) {
  return Object.fromEntries(lanes.map((lane) => [lane, []]));
}

function settle(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function say(text) {
  console.error(`${text}…`);
}

async function end(status) {
  process.exitCode = status;
  for (const close of opened.splice(0).reverse()) {
    await close();
  }
  process.exit();
}
