/** Says what was measured, and which goals are met. */
import { median, quantile } from './statistics.js';

const NAMES = {
  rtc: 'RTCDataChannel',
  channel: 'LP2PDataChannel',
  stream: 'LP2PQuicTransport, stream',
  datagram: 'LP2PQuicTransport, datagram',
};

/** Returns whether all goals are met. */
export function report({ startSeconds, agentIdleMb, idle, peak, coldMbPerSecond, rates, trips, loaded }) {
  const ofRtc = (lane) => rates[lane].mbPerSecond / rates.rtc.mbPerSecond;
  table(
    ['Bulk', 'MB/s', 'of RTC', 'CPU s/GB, all processes'],
    Object.entries(rates).map(([lane, { mbPerSecond, cpuSecondsPerGb }]) => [
      NAMES[lane],
      mbPerSecond.toFixed(1),
      ofRtc(lane).toFixed(2),
      cpuSecondsPerGb.toFixed(1),
    ]),
  );
  console.log(`\nThe first bytes after the start, over the data channel: ${coldMbPerSecond.toFixed(1)} MB/s`);

  const tripOf = (lane) => median(trips[lane]) / median(trips.rtc);
  table(
    ['Round trip of 64 bytes', 'median ms', 'of RTC', '90 of 100'],
    Object.entries(trips).map(([lane, ms]) => [
      NAMES[lane],
      median(ms).toFixed(2),
      tripOf(lane).toFixed(2),
      quantile(ms, 0.9).toFixed(2),
    ]),
  );

  const delays = Object.fromEntries(
    Object.entries(loaded).map(([lane, ms]) => {
      const atRest = median(trips[lane]);
      return [lane, { median: median(ms) - atRest, most: quantile(ms, 0.99) - atRest, worst: Math.max(...ms) - atRest }];
    }),
  );
  table(
    ['Round trip beside bulk on another channel, ms more', 'median', '99 of 100', 'worst'],
    Object.entries(delays).map(([lane, delay]) => [
      NAMES[lane],
      delay.median.toFixed(1),
      delay.most.toFixed(1),
      delay.worst.toFixed(1),
    ]),
  );

  table(
    ['Memory, MB resident', 'idle', 'peak', 'more'],
    Object.keys(idle).map((name) => [
      name,
      idle[name].toFixed(0),
      peak[name].toFixed(0),
      (peak[name] - idle[name]).toFixed(0),
    ]),
  );

  const more = (kind) => Math.max(...Object.keys(idle).map((name) => (name.startsWith(kind) ? peak[name] - idle[name] : 0)));
  return goals([
    ['data channel, times the rate of RTCDataChannel', ofRtc('channel'), '>=', 4],
    ['transport, times the rate of RTCDataChannel', ofRtc('stream'), '>=', 4],
    ['data channel, times the round trip of RTCDataChannel', tripOf('channel'), '<=', 1.5],
    ['delay by bulk on another channel, ms, 99 of 100', delays.channel.most, '<=', 20],
    ['memory of an agent during bulk, MB more', more('agent'), '<=', 100],
    ['memory of a page during bulk, MB more', more('page'), '<=', 150],
    ['memory of an idle agent, MB', Math.max(...agentIdleMb), '<=', 100],
    ['start of an agent, s', Math.max(...startSeconds), '<=', 1],
  ]);
}

function goals(list) {
  const rows = list.map(([what, value, relation, goal]) => {
    const isMet = relation === '>=' ? value >= goal : value <= goal;
    return { isMet, cells: [what, value.toFixed(2), `${relation} ${goal}`, isMet ? 'met' : 'MISSED'] };
  });
  table(
    ['Goal', 'measured', 'goal', ''],
    rows.map(({ cells }) => cells),
  );
  return rows.every(({ isMet }) => isMet);
}

/** The first column to the left, the others to the right. */
function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  console.log(`\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  rows.forEach((row) => console.log(line(row)));
}
