package dev.lp2p.osp.message;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Turns one complete CBOR item into the message that its type key says it is. */
final class MessageDecoder {

    /** As in RTCDataChannel, the id 65,535 does not exist. */
    private static final long MAX_CHANNEL_ID = 65_534;

    private MessageDecoder() {}

    static Message decode(TypeKey typeKey, byte[] item) throws MalformedException {
        MapReader map = MapReader.parse(item);
        return switch (typeKey) {
            case AGENT_INFO_REQUEST -> new AgentInfoRequest(map.unsigned(MessageKey.REQUEST_ID));
            case AGENT_INFO_RESPONSE ->
                new AgentInfoResponse(
                        map.unsigned(MessageKey.REQUEST_ID), agentInfo(map.map(MessageKey.RESPONSE_AGENT_INFO)));
            case AGENT_INFO_EVENT -> new AgentInfoEvent(agentInfo(map.map(MessageKey.EVENT_AGENT_INFO)));
            case AGENT_STATUS_REQUEST -> new AgentStatusRequest(map.unsigned(MessageKey.REQUEST_ID));
            case AGENT_STATUS_RESPONSE -> new AgentStatusResponse(map.unsigned(MessageKey.REQUEST_ID));
            case AUTH_CAPABILITIES -> authCapabilities(map);
            case AUTH_SPAKE2_HANDSHAKE -> handshake(map);
            case AUTH_SPAKE2_CONFIRMATION -> confirmation(map.bytes(MessageKey.CONFIRMATION_VALUE));
            case AUTH_STATUS -> new AuthStatus(authStatusResult(map.unsigned(MessageKey.STATUS_RESULT)));
            case DATA_CHANNEL_OPEN_REQUEST ->
                new DataChannelOpenRequest(
                        map.unsigned(MessageKey.REQUEST_ID),
                        (int) map.unsigned(MessageKey.OPEN_CHANNEL_ID, 0, MAX_CHANNEL_ID),
                        map.text(MessageKey.OPEN_LABEL),
                        map.text(MessageKey.OPEN_PROTOCOL),
                        map.unsignedIfPresent(MessageKey.OPEN_CONNECTION));
            case DATA_CHANNEL_OPEN_RESPONSE ->
                new DataChannelOpenResponse(
                        map.unsigned(MessageKey.REQUEST_ID), resultCode(map.unsigned(MessageKey.OPEN_RESULT)));
            case LP2P_CONNECT_REQUEST ->
                new Lp2pConnectRequest(
                        map.unsigned(MessageKey.REQUEST_ID),
                        map.text(MessageKey.CONNECT_ORIGIN, 1, Lp2pConnectRequest.MAX_ORIGIN_BYTES),
                        map.text(MessageKey.CONNECT_NICKNAME, 0, Lp2pConnectRequest.MAX_NICKNAME_BYTES));
            case LP2P_CONNECT_RESPONSE -> connectResponse(map);
            case LP2P_CLOSE_EVENT ->
                new Lp2pCloseEvent(map.unsigned(MessageKey.CLOSE_CONNECTION_ID), map.unsigned(MessageKey.CLOSE_REASON));
            case LP2P_TRANSPORT_REQUEST -> new Lp2pTransportRequest(map.unsigned(MessageKey.TRANSPORT_CONNECTION_ID));
            case LP2P_STREAM_END ->
                new Lp2pStreamEnd(
                        map.unsigned(MessageKey.END_STREAM_ID, 0, VarInt.MAX_VALUE),
                        map.unsigned(MessageKey.END_BYTES, 1, VarInt.MAX_VALUE));
            case DATA_FRAME -> throw new AssertionError("A data frame is no message");
        };
    }

    private static AgentInfo agentInfo(MapReader map) throws MalformedException {
        return new AgentInfo(
                map.text(MessageKey.INFO_DISPLAY_NAME),
                map.text(MessageKey.INFO_MODEL_NAME),
                new LinkedHashSet<>(map.unsignedList(MessageKey.INFO_CAPABILITIES)),
                map.text(MessageKey.INFO_STATE_TOKEN),
                map.textList(MessageKey.INFO_LOCALES));
    }

    private static AuthCapabilities authCapabilities(MapReader map) throws MalformedException {
        Set<PskInputMethod> methods = EnumSet.noneOf(PskInputMethod.class);
        for (long value : map.unsignedList(MessageKey.AUTH_INPUT_METHODS)) {
            for (PskInputMethod method : PskInputMethod.values()) {
                if (method.value() == value) {
                    methods.add(method);
                }
            }
        }
        return new AuthCapabilities(
                (int) map.unsigned(MessageKey.AUTH_EASE_OF_INPUT, 0, AuthCapabilities.MAX_EASE_OF_INPUT), methods, (int)
                        map.unsigned(
                                MessageKey.AUTH_MIN_BITS_OF_ENTROPY,
                                AuthCapabilities.MIN_BITS_OF_ENTROPY,
                                AuthCapabilities.MAX_BITS_OF_ENTROPY));
    }

    private static AuthSpake2Handshake handshake(MapReader map) throws MalformedException {
        PskStatus[] statuses = PskStatus.values();
        // The values of psk-status are its ordinals, so that a number out of range is an unknown status.
        int status = (int) map.unsigned(MessageKey.HANDSHAKE_PSK_STATUS, 0, statuses.length - 1);
        return new AuthSpake2Handshake(
                map.map(MessageKey.HANDSHAKE_TOKEN).textOrNull(MessageKey.TOKEN),
                statuses[status],
                map.bytes(MessageKey.HANDSHAKE_PUBLIC_VALUE));
    }

    private static AuthSpake2Confirmation confirmation(byte[] value) throws MalformedException {
        byte[] hmac = Arrays.copyOf(value, MessageKey.CONFIRMATION_HMAC_BYTES);
        boolean isPadded = value.length == MessageKey.CONFIRMATION_BYTES_ON_THE_WIRE
                && Arrays.equals(value, Arrays.copyOf(hmac, value.length));
        if (value.length != hmac.length && !isPadded) {
            throw new MalformedException("a confirmation value is 32 bytes, or 64 with a tail of zeros");
        }
        return new AuthSpake2Confirmation(hmac);
    }

    /** Whatever is not "authenticated" is a failure, known to us or not. */
    private static AuthStatusResult authStatusResult(long value) {
        for (AuthStatusResult result : AuthStatusResult.values()) {
            if (result.value() == value) {
                return result;
            }
        }
        return AuthStatusResult.UNKNOWN_ERROR;
    }

    private static Lp2pConnectResponse connectResponse(MapReader map) throws MalformedException {
        long requestId = map.unsigned(MessageKey.REQUEST_ID);
        if (map.unsigned(MessageKey.CONNECT_RESULT) != Lp2pConnectResponse.RESULT_ACCEPTED) {
            return Lp2pConnectResponse.unavailable(requestId);
        }
        return Lp2pConnectResponse.accepted(
                requestId,
                map.unsigned(MessageKey.CONNECT_CONNECTION_ID),
                map.text(MessageKey.CONNECT_RESPONSE_NICKNAME, 0, Lp2pConnectRequest.MAX_NICKNAME_BYTES));
    }

    private static ResultCode resultCode(long value) {
        for (ResultCode code : ResultCode.values()) {
            if (code.value() == value) {
                return code;
            }
        }
        return ResultCode.UNKNOWN_ERROR;
    }
}
