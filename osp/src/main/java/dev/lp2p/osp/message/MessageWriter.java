package dev.lp2p.osp.message;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Encodes messages as they stand on a stream: the type key, then the CBOR item. */
public final class MessageWriter {

    private static final CBORFactory CBOR = new CBORFactory();
    private static final int USUAL_BYTES = 128;

    private MessageWriter() {}

    /** @throws IllegalArgumentException if a text of the message is not well-formed Unicode */
    public static ByteBuf encode(ByteBufAllocator allocator, Message message) {
        ByteBuf out = allocator.buffer(USUAL_BYTES);
        VarInt.write(out, message.typeKey().value());
        try (CBORGenerator cbor = CBOR.createGenerator((OutputStream) new ByteBufOutputStream(out))) {
            write(cbor, message);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            out.release();
            throw new IllegalArgumentException("A text of the message is not well-formed Unicode", e);
        } catch (IOException e) {
            out.release();
            throw new UncheckedIOException(e);
        }
        return out;
    }

    private static void write(CBORGenerator cbor, Message message) throws IOException {
        if (message instanceof AgentInfoRequest request) {
            map(cbor, 1);
            number(cbor, MessageKey.REQUEST_ID, request.requestId());
        } else if (message instanceof AgentInfoResponse response) {
            map(cbor, 2);
            number(cbor, MessageKey.REQUEST_ID, response.requestId());
            cbor.writeFieldId(MessageKey.RESPONSE_AGENT_INFO);
            agentInfo(cbor, response.agentInfo());
        } else if (message instanceof AgentInfoEvent event) {
            map(cbor, 1);
            cbor.writeFieldId(MessageKey.EVENT_AGENT_INFO);
            agentInfo(cbor, event.agentInfo());
        } else if (message instanceof AgentStatusRequest request) {
            map(cbor, 1);
            number(cbor, MessageKey.REQUEST_ID, request.requestId());
        } else if (message instanceof AgentStatusResponse response) {
            map(cbor, 1);
            number(cbor, MessageKey.REQUEST_ID, response.requestId());
        } else if (message instanceof AuthCapabilities capabilities) {
            authCapabilities(cbor, capabilities);
        } else if (message instanceof AuthSpake2Handshake handshake) {
            handshake(cbor, handshake);
        } else if (message instanceof AuthSpake2Confirmation confirmation) {
            map(cbor, 1);
            cbor.writeFieldId(MessageKey.CONFIRMATION_VALUE);
            cbor.writeBinary(
                    Arrays.copyOf(confirmation.confirmationValue(), MessageKey.CONFIRMATION_BYTES_ON_THE_WIRE));
        } else if (message instanceof AuthStatus status) {
            map(cbor, 1);
            number(cbor, MessageKey.STATUS_RESULT, status.result().value());
        } else if (message instanceof DataChannelOpenRequest request) {
            map(cbor, request.connection().isPresent() ? 5 : 4);
            number(cbor, MessageKey.REQUEST_ID, request.requestId());
            number(cbor, MessageKey.OPEN_CHANNEL_ID, request.channelId());
            text(cbor, MessageKey.OPEN_LABEL, request.label());
            text(cbor, MessageKey.OPEN_PROTOCOL, request.protocol());
            if (request.connection().isPresent()) {
                cbor.writeFieldName(MessageKey.OPEN_CONNECTION);
                cbor.writeNumber(request.connection().getAsLong());
            }
        } else if (message instanceof DataChannelOpenResponse response) {
            map(cbor, 2);
            number(cbor, MessageKey.REQUEST_ID, response.requestId());
            number(cbor, MessageKey.OPEN_RESULT, response.result().value());
        } else if (message instanceof Lp2pConnectRequest request) {
            map(cbor, 3);
            number(cbor, MessageKey.REQUEST_ID, request.requestId());
            text(cbor, MessageKey.CONNECT_ORIGIN, request.origin());
            text(cbor, MessageKey.CONNECT_NICKNAME, request.nickname());
        } else if (message instanceof Lp2pConnectResponse response) {
            connectResponse(cbor, response);
        } else if (message instanceof Lp2pCloseEvent event) {
            map(cbor, 2);
            number(cbor, MessageKey.CLOSE_CONNECTION_ID, event.connectionId());
            number(cbor, MessageKey.CLOSE_REASON, event.reason());
        } else if (message instanceof Lp2pTransportRequest request) {
            map(cbor, 1);
            number(cbor, MessageKey.TRANSPORT_CONNECTION_ID, request.connectionId());
        } else if (message instanceof Lp2pStreamEnd end) {
            map(cbor, 2);
            number(cbor, MessageKey.END_STREAM_ID, end.streamId());
            number(cbor, MessageKey.END_BYTES, end.bytes());
        }
        cbor.writeEndObject();
    }

    private static void agentInfo(CBORGenerator cbor, AgentInfo info) throws IOException {
        map(cbor, 5);
        text(cbor, MessageKey.INFO_DISPLAY_NAME, info.displayName());
        text(cbor, MessageKey.INFO_MODEL_NAME, info.modelName());
        // In order, so that equal messages are equal bytes.
        numbers(cbor, MessageKey.INFO_CAPABILITIES, info.capabilities());
        text(cbor, MessageKey.INFO_STATE_TOKEN, info.stateToken());
        cbor.writeFieldId(MessageKey.INFO_LOCALES);
        cbor.writeStartArray(null, info.locales().size());
        for (String locale : info.locales()) {
            cbor.writeString(locale);
        }
        cbor.writeEndArray();
        cbor.writeEndObject();
    }

    private static void authCapabilities(CBORGenerator cbor, AuthCapabilities capabilities) throws IOException {
        map(cbor, 3);
        number(cbor, MessageKey.AUTH_EASE_OF_INPUT, capabilities.pskEaseOfInput());
        numbers(
                cbor,
                MessageKey.AUTH_INPUT_METHODS,
                capabilities.pskInputMethods().stream()
                        .map(method -> (long) method.value())
                        .toList());
        number(cbor, MessageKey.AUTH_MIN_BITS_OF_ENTROPY, capabilities.pskMinBitsOfEntropy());
    }

    private static void handshake(CBORGenerator cbor, AuthSpake2Handshake handshake) throws IOException {
        map(cbor, 3);
        cbor.writeFieldId(MessageKey.HANDSHAKE_TOKEN);
        String token = handshake.initiationToken();
        map(cbor, token == null ? 0 : 1);
        if (token != null) {
            text(cbor, MessageKey.TOKEN, token);
        }
        cbor.writeEndObject();
        number(cbor, MessageKey.HANDSHAKE_PSK_STATUS, handshake.pskStatus().value());
        cbor.writeFieldId(MessageKey.HANDSHAKE_PUBLIC_VALUE);
        cbor.writeBinary(handshake.publicValue());
    }

    private static void connectResponse(CBORGenerator cbor, Lp2pConnectResponse response) throws IOException {
        Lp2pConnectResponse.Accepted accepted = response.accepted().orElse(null);
        map(cbor, accepted == null ? 2 : 4);
        number(cbor, MessageKey.REQUEST_ID, response.requestId());
        if (accepted == null) {
            number(cbor, MessageKey.CONNECT_RESULT, Lp2pConnectResponse.RESULT_UNAVAILABLE);
        } else {
            number(cbor, MessageKey.CONNECT_RESULT, Lp2pConnectResponse.RESULT_ACCEPTED);
            number(cbor, MessageKey.CONNECT_CONNECTION_ID, accepted.connectionId());
            text(cbor, MessageKey.CONNECT_RESPONSE_NICKNAME, accepted.nickname());
        }
    }

    private static void map(CBORGenerator cbor, int entries) throws IOException {
        @Nullable Object source = null;
        cbor.writeStartObject(source, entries);
    }

    private static void number(CBORGenerator cbor, long key, long value) throws IOException {
        cbor.writeFieldId(key);
        cbor.writeNumber(value);
    }

    private static void text(CBORGenerator cbor, long key, String value) throws IOException {
        cbor.writeFieldId(key);
        cbor.writeString(value);
    }

    private static void numbers(CBORGenerator cbor, long key, Collection<Long> values) throws IOException {
        cbor.writeFieldId(key);
        cbor.writeStartArray(null, values.size());
        for (long value : values.stream().sorted().toList()) {
            cbor.writeNumber(value);
        }
        cbor.writeEndArray();
    }
}
