/** A page that skips the library, and says to the agent what it likes. */
const AGENT = 'ws://127.0.0.1:27311/lp2p';
const HELLO = JSON.stringify({ type: 'hello', versions: [1] });

/** Opens a socket and says hello; tells what the agent answers. */
globalThis.greet = async (hello = HELLO) => {
  const socket = await open(AGENT);
  return { socket, answer: await ask(socket, hello) };
};

/** Opens many sockets at once and keeps them; counts what the agent answered to each, and how it closed. */
globalThis.greetOften = async (times) => {
  globalThis.kept = [];
  const counts = {};
  await Promise.all(
    Array.from({ length: times }, async () => {
      const { socket, answer } = await greet();
      kept.push(socket);
      const what = answer.type === 'refused' ? `${answer.code} ${await closed(socket)}` : answer.type;
      counts[what] = (counts[what] ?? 0) + 1;
    }),
  );
  return counts;
};

/** Asks its user for everything that it can, all at once. */
globalThis.floodPrompts = async () => {
  const { socket } = await greet();
  for (let number = 2; number <= 128; number += 2) {
    const kind = number % 4 === 0 ? 'receiver' : 'request';
    socket.send(JSON.stringify({ type: `${kind}.start`, [kind]: number, nickname: 'Win a prize', activation: true }));
  }
  // Everything before it was heard once this is answered.
  await ask(socket, JSON.stringify({ type: 'unheard' }));
};

function open(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve(socket);
    // Who does not answer pings loses its place.
    socket.addEventListener('message', ({ data }) => {
      const { type, id } = JSON.parse(data);
      if (type === 'ping') {
        socket.send(JSON.stringify({ type: 'pong', id }));
      }
    });
    socket.onerror = reject;
  });
}

/** The next answer that is no ping. */
function ask(socket, message) {
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const answer = JSON.parse(data);
      if (answer.type !== 'ping') {
        resolve(answer);
      }
    };
    socket.send(message);
  });
}

/** The code with which a socket closes. */
function closed(socket) {
  return new Promise((resolve) => (socket.onclose = ({ code }) => resolve(code)));
}
