package dev.lp2p.osp.session;

import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;

/** Someone in the middle who has a connection to each side and hands every byte on. */
final class Relay {

    private Relay() {}

    static void between(Connection one, Connection two) {
        one.setListener(new To(two));
        two.setListener(new To(one));
    }

    private record To(Connection target) implements ConnectionListener {

        @Override
        public StreamListener onStream(TransportStream from) {
            StreamListener backwards = new Onwards(from);
            return new Onwards(
                    from.isBidirectional()
                            ? target.openBidirectional(backwards)
                            : target.openUnidirectional(new StreamListener() {}));
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {
            target.close(reason.errorCode(), reason.reason());
        }
    }

    private record Onwards(TransportStream to) implements StreamListener {

        @Override
        public void onData(ByteBuf data) {
            to.write(data);
        }

        @Override
        public void onFinished() {
            to.finish();
        }
    }
}
