/**
 * Opens a thousand sockets to the agent on this computer, one after another, as a page of a site could in many browsers,
 * and keeps them; then says how many the agent took and how many it refused.
 */
import { createRequire } from 'node:module';

const LIBRARY = new URL('../../../../web/lp2p/package.json', import.meta.url);
const { WebSocket } = createRequire(LIBRARY)('ws');
const SOCKETS = 1000;

const counts = {};
for (let i = 0; i < SOCKETS; i++) {
  const answer = await greet();
  counts[answer] = (counts[answer] ?? 0) + 1;
}
console.log(JSON.stringify(counts));

/** What the agent says to hello. From then on its pings are answered, so that it keeps the place. */
function greet() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket('ws://127.0.0.1:27311/lp2p', { origin: 'https://flood.example' });
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', versions: [1] })));
    socket.on('message', (data) => {
      const { type, code, id } = JSON.parse(data);
      if (type === 'ping') {
        socket.send(JSON.stringify({ type: 'pong', id }));
      } else {
        resolve(code ?? type);
      }
    });
  });
}
