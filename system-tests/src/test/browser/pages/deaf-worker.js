/** A worker that connects, and from the first message on never does anything again. */
import '/lp2p/src/global.js';

globalThis.connection = await new LP2PRequest().resume();
onmessage = () => {
  // Only so is there shared memory on pages that are not isolated.
  const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  Atomics.wait(new Int32Array(buffer), 0, 0);
};
postMessage('connected');
