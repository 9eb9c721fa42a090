package dev.lp2p.gateway;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every control message between a page and the agent; {@code docs/gateway-protocol.md} says what they mean. The type of a
 * message on the wire is its name here, {@code receiver.start} for {@link FromPage.ReceiverStart}, and its fields are the
 * record's components.
 */
sealed interface GatewayMessage {

    /** What pages say. */
    sealed interface FromPage extends GatewayMessage {

        record Hello(List<Long> versions, Optional<String> token) implements FromPage {}

        record ReceiverStart(long receiver, Optional<String> nickname, boolean activation) implements Making {
            @Override
            public long made() {
                return receiver;
            }
        }

        record ReceiverClose(long receiver) implements ForThing {
            @Override
            public long thing() {
                return receiver;
            }
        }

        record RequestStart(long request, Optional<String> nickname, boolean activation) implements Making {
            @Override
            public long made() {
                return request;
            }
        }

        record RequestResume(long request, Optional<String> nickname) implements Making {
            @Override
            public long made() {
                return request;
            }
        }

        record RequestCancel(long request) implements ForThing {
            @Override
            public long thing() {
                return request;
            }
        }

        record ConnectionClose(long connection) implements ForThing {
            @Override
            public long thing() {
                return connection;
            }
        }

        record ChannelOpen(long connection, long channel, String label, String protocol, OptionalLong id)
                implements Making, ForThing {
            @Override
            public long made() {
                return channel;
            }

            @Override
            public long thing() {
                return connection;
            }
        }

        record ChannelClose(long channel) implements ForThing {
            @Override
            public long thing() {
                return channel;
            }
        }

        record ChannelAbort(long channel, String message) implements ForThing {
            @Override
            public long thing() {
                return channel;
            }
        }

        record TransportOpen(long transport, long connection) implements Making, ForThing {
            @Override
            public long made() {
                return transport;
            }

            @Override
            public long thing() {
                return connection;
            }
        }

        record TransportClose(long transport, long code, String reason) implements ForThing {
            @Override
            public long thing() {
                return transport;
            }
        }

        record TransportStats(long transport, long query) implements ForThing {
            @Override
            public long thing() {
                return transport;
            }
        }

        record StreamOpen(long stream, long transport, boolean bidirectional) implements Making, ForThing {
            @Override
            public long made() {
                return stream;
            }

            @Override
            public long thing() {
                return transport;
            }
        }

        record StreamReset(long stream, long code) implements ForThing {
            @Override
            public long thing() {
                return stream;
            }
        }

        record StreamStop(long stream, long code) implements ForThing {
            @Override
            public long thing() {
                return stream;
            }
        }

        record Credit(long flow, long bytes) implements ForThing {
            @Override
            public long thing() {
                return flow;
            }
        }

        record Pong(long id) implements FromPage {}

        record Bye() implements FromPage {}
    }

    /** A message that makes something and gives it a number. */
    sealed interface Making extends FromPage {

        long made();
    }

    /** A message that is for something with a number. */
    sealed interface ForThing extends FromPage {

        long thing();
    }

    /** What the agent says. */
    sealed interface FromAgent extends GatewayMessage {

        /** @param token for the next hello of a page that the gateway serves */
        record Welcome(long version, Optional<String> token) implements FromAgent {}

        record Refused(String code, String message) implements FromAgent {}

        record ReceiverStarted(long receiver) implements FromAgent {}

        record ReceiverFailed(long receiver, PageError error) implements FromAgent {}

        record RequestConnected(long request, long connection, String nickname) implements FromAgent {}

        record RequestFailed(long request, PageError error) implements FromAgent {}

        record ConnectionIncoming(long receiver, long connection, String nickname) implements FromAgent {}

        record ConnectionReconnected(long connection, long by, String nickname) implements FromAgent {}

        record ConnectionClosed(long connection, String reason) implements FromAgent {}

        record ChannelIncoming(long connection, long channel, String label, String protocol, long id)
                implements FromAgent {}

        record ChannelOpened(long channel, long id) implements FromAgent {}

        record ChannelClosing(long channel) implements FromAgent {}

        record ChannelClosed(long channel, Optional<PageError> error) implements FromAgent {}

        record TransportIncoming(long connection, long transport, long maxDatagramSize) implements FromAgent {}

        record TransportReady(long transport, long maxDatagramSize) implements FromAgent {}

        record TransportDraining(long transport) implements FromAgent {}

        record TransportClosed(long transport, OptionalLong code, Optional<String> reason, Optional<PageError> error)
                implements FromAgent {}

        record TransportStats(long transport, long query, PageStats stats) implements FromAgent {}

        record StreamIncoming(long transport, long stream, boolean bidirectional) implements FromAgent {}

        record StreamFinished(long stream) implements FromAgent {}

        record StreamReset(long stream, long code) implements FromAgent {}

        record StreamStopped(long stream, long code) implements FromAgent {}

        record Credit(long flow, long bytes) implements FromAgent {}

        record Ping(long id) implements FromAgent {}

        @SuppressWarnings("JavaLangClash")
        record Error(String code, String message) implements FromAgent {}
    }

    /** What a page rejects a promise with: the name of a DOMException, or {@code TypeError}. */
    record PageError(String name, String message) {}

    /**
     * Members of WebTransportConnectionStats; the page's library adds those of datagrams.
     *
     * @see <a href="https://www.w3.org/TR/webtransport/#web-transport-connection-stats">WebTransportConnectionStats</a>
     */
    record PageStats(
            long bytesSent,
            long packetsSent,
            long bytesLost,
            long packetsLost,
            long bytesReceived,
            long packetsReceived,
            double smoothedRtt,
            long estimatedSendRate) {}
}
