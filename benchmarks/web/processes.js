/** What processes cost, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of a second, in which the system counts (USER_HZ, which is 100 on every Linux). */
const TICKS = 100;
const SAMPLE_MS = 100;
const MB = 1_000_000;

/** A process and all that it has started, as they are now. */
export function tree(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = stat(Number(name))?.parent;
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [pid];
  for (let i = 0; i < found.length; i++) {
    found.push(...(children.get(found[i]) ?? []));
  }
  return found;
}

/** CPU seconds that the processes have used so far. */
export function cpuSeconds(pids) {
  return pids.reduce((sum, pid) => sum + (stat(pid)?.seconds ?? 0), 0);
}

/** Resident memory in MB; 0 of a process that has ended. */
export function residentMb(pid) {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
  return (Number(kib) * 1024) / MB;
}

/** The most resident memory of each group of processes by name, from now on. */
export class MemoryPeaks {
  #pids;
  #peaks = {};
  #timer;

  constructor(pids) {
    this.#pids = pids;
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#sample();
    return this.#peaks;
  }

  #sample() {
    for (const [name, pids] of Object.entries(this.#pids)) {
      const now = pids.reduce((sum, pid) => sum + residentMb(pid), 0);
      this.#peaks[name] = Math.max(this.#peaks[name] ?? 0, now);
    }
  }
}

function stat(pid) {
  const text = read(`/proc/${pid}/stat`);
  // A program's name, in brackets, may have spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.length > 13 ? { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS } : undefined;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}
