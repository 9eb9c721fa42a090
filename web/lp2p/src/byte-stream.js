/**
 * Closes a stream of bytes, with the read that waits. One that a reader broke stays as it is: who asked for elements of
 * several bytes, and got a part of one, gets a TypeError.
 *
 * @see https://streams.spec.whatwg.org/#readable-byte-stream-controller-close
 * @param {ReadableByteStreamController} controller
 */
export function closeByteStream(controller) {
  try {
    controller.close();
    controller.byobRequest?.respond(0);
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
  }
}
