package dev.lp2p.drop;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Control messages to JSON and back. What comes out of {@link #decode} is within every cap, but a path is not yet safe. */
final class DropCodec {

    private static final Pattern TRANSFER_ID =
            Pattern.compile("[A-Za-z0-9_-]{1," + DropProtocol.MAX_TRANSFER_ID_LENGTH + "}");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(DropProtocol.MAX_CONTROL_LENGTH)
                            .maxStringLength(DropProtocol.MAX_CONTROL_LENGTH)
                            .maxNestingDepth(DropProtocol.MAX_JSON_NESTING)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DropCodec() {}

    static String encode(DropMessage message) {
        ObjectNode json = JSON.createObjectNode();
        if (message instanceof DropMessage.Offer offer) {
            json.put("type", "offer").put("version", DropProtocol.VERSION).put("transfer", offer.transfer());
            json.put("files", offer.files()).put("bytes", offer.bytes());
            offer.names().forEach(json.putArray("names")::add);
        } else if (message instanceof DropMessage.Accept) {
            json.put("type", "accept");
        } else if (message instanceof DropMessage.Decline decline) {
            json.put("type", "decline").put("reason", decline.reason().code());
        } else if (message instanceof DropMessage.FileHeader file) {
            json.put("type", "file").put("path", file.path()).put("size", file.size());
            json.put("modified", file.modifiedMillis());
        } else if (message instanceof DropMessage.Chunk chunk) {
            json.put("type", "chunk").put("sha256", chunk.sha256().hex());
        } else if (message instanceof DropMessage.Checksum checksum) {
            json.put("type", "checksum").put("sha256", checksum.sha256().hex());
        } else if (message instanceof DropMessage.Abort abort) {
            json.put("type", "abort").put("reason", abort.reason().code());
        } else if (message instanceof DropMessage.End end) {
            json.put("type", "end").put("files", end.files());
        } else if (message instanceof DropMessage.Received received) {
            json.put("type", "received").put("file", received.file()).put("bytes", received.bytes());
            json.put("sha256", received.sha256().hex()).put("savedAs", received.savedAs());
        } else if (message instanceof DropMessage.Refused refused) {
            json.put("type", "refused").put("file", refused.file());
            json.put("reason", refused.reason().code());
        } else if (message instanceof DropMessage.Done done) {
            json.put("type", "done").put("received", done.received()).put("refused", done.refused());
            json.put("bytes", done.bytes());
        } else if (message instanceof DropMessage.Cancel cancel) {
            json.put("type", "cancel").put("reason", cancel.reason().code());
        }
        return json.toString();
    }

    static DropMessage decode(String text) throws ProtocolException {
        if (text.length() > DropProtocol.MAX_CONTROL_LENGTH) {
            throw new ProtocolException("A control message of " + text.length() + " characters");
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            // What the parser says of it quotes the peer's text, which may do anything to where it is shown.
            throw new ProtocolException("A control message that is not JSON");
        }
        if (!json.isObject()) {
            throw new ProtocolException("A control message that is not an object");
        }
        String type = text(json, "type", DropProtocol.MAX_NAME_BYTES);
        return switch (type) {
            case "offer" -> offer(json);
            case "accept" -> new DropMessage.Accept();
            case "decline" -> new DropMessage.Decline(reason(json));
            case "file" ->
                new DropMessage.FileHeader(
                        text(json, "path", DropProtocol.MAX_CONTROL_LENGTH),
                        number(json, "size", 0, DropProtocol.MAX_BYTES),
                        number(json, "modified", -DropProtocol.MAX_MODIFIED_MILLIS, DropProtocol.MAX_MODIFIED_MILLIS));
            case "chunk" -> new DropMessage.Chunk(sha256(json));
            case "checksum" -> new DropMessage.Checksum(sha256(json));
            case "abort" -> new DropMessage.Abort(reason(json));
            case "end" -> new DropMessage.End(count(json, "files"));
            case "received" ->
                new DropMessage.Received(
                        count(json, "file"),
                        number(json, "bytes", 0, DropProtocol.MAX_BYTES),
                        sha256(json),
                        Printable.of(text(json, "savedAs", DropProtocol.MAX_CONTROL_LENGTH)));
            case "refused" -> new DropMessage.Refused(count(json, "file"), reason(json));
            case "done" ->
                new DropMessage.Done(
                        count(json, "received"),
                        count(json, "refused"),
                        number(json, "bytes", 0, DropProtocol.MAX_BYTES));
            case "cancel" -> new DropMessage.Cancel(reason(json));
            default ->
                throw new ProtocolException(
                        DropReason.UNKNOWN_MESSAGE, "A message of the unknown type " + Printable.of(type));
        };
    }

    private static DropMessage.Offer offer(JsonNode json) throws ProtocolException {
        // Before anything else of it: another version's offer may look different.
        if (number(json, "version", 0, Integer.MAX_VALUE) != DropProtocol.VERSION) {
            throw new ProtocolException(DropReason.UNSUPPORTED_VERSION, "An offer of another version");
        }
        String transfer = text(json, "transfer", DropProtocol.MAX_TRANSFER_ID_LENGTH);
        if (!TRANSFER_ID.matcher(transfer).matches()) {
            throw new ProtocolException("A transfer's id is letters, digits, - and _");
        }
        JsonNode names = json.path("names");
        if (!names.isArray() || names.size() > DropProtocol.MAX_OFFERED_NAMES) {
            throw new ProtocolException("An offer names at most " + DropProtocol.MAX_OFFERED_NAMES + " files");
        }
        List<String> printable = StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .map(Printable::of)
                .toList();
        // Beyond the caps on files and bytes is not malformed: it gets an answer that says so.
        return new DropMessage.Offer(
                transfer,
                (int) number(json, "files", 0, Integer.MAX_VALUE),
                number(json, "bytes", 0, Long.MAX_VALUE),
                printable);
    }

    private static String text(JsonNode json, String field, int maxLength) throws ProtocolException {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().length() > maxLength) {
            throw new ProtocolException("The field " + field + " is missing, not a string, or too long");
        }
        return value.textValue();
    }

    private static long number(JsonNode json, String field, long min, long max) throws ProtocolException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw new ProtocolException("The field " + field + " is missing, not a whole number, or out of range");
        }
        return value.longValue();
    }

    private static int count(JsonNode json, String field) throws ProtocolException {
        return (int) number(json, field, 0, DropProtocol.MAX_FILES);
    }

    private static DropReason reason(JsonNode json) throws ProtocolException {
        return DropReason.ofCode(text(json, "reason", DropProtocol.MAX_NAME_BYTES));
    }

    private static Sha256 sha256(JsonNode json) throws ProtocolException {
        try {
            return new Sha256(text(json, "sha256", DropProtocol.MAX_NAME_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("A digest that is not one of SHA-256");
        }
    }
}
