package dev.lp2p;

import dev.lp2p.osp.transport.TransportStream;

/** The error codes that this side can send. */
final class ErrorCodes {

    private ErrorCodes() {}

    static void check(long code) {
        if (code < 0 || code > TransportStream.MAX_ERROR_CODE) {
            throw new LP2PException(
                    LP2PException.Name.TYPE_ERROR,
                    "An error code is 0 to " + TransportStream.MAX_ERROR_CODE + ", not " + code
                            + "; choose a smaller one");
        }
    }
}
