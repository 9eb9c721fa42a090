package dev.lp2p.osp.session;

import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.transport.StreamListener;
import io.netty.buffer.ByteBuf;
import java.util.function.Predicate;

/** Reads one group of messages from a unidirectional stream of the peer. */
final class IncomingMessages implements StreamListener {

    private final MessageReader reader;

    IncomingMessages(MessageReader.Handler handler, Predicate<TypeKey> acceptable) {
        this.reader = new MessageReader(handler, acceptable);
    }

    @Override
    public void onData(ByteBuf data) {
        reader.feed(data);
    }

    @Override
    public void onFinished() {
        reader.finish();
    }

    @Override
    public void onReset(long errorCode) {
        reader.close();
    }
}
