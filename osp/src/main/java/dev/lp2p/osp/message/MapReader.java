package dev.lp2p.osp.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A map with integer keys, read from a complete CBOR item. Other keys are extensions and are skipped but for the one that
 * is ours; what the type of a known key must be is checked when it is asked for.
 */
final class MapReader {

    // Keys come from strangers: the parser must not keep them in tables that outlive the message.
    private static final CBORFactory CBOR = CBORFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Stands for a value of a type that no message of ours has. */
    private static final Object OTHER = new Object();

    private final Map<Object, Object> values = new HashMap<>();

    private MapReader() {}

    /** @param item one well-formed item whose depth is bounded */
    static MapReader parse(byte[] item) throws MalformedException {
        try (CBORParser parser = CBOR.createParser(item)) {
            parser.nextToken();
            if (value(parser, item) instanceof MapReader map) {
                return map;
            }
            throw new MalformedException("a message is a map");
        } catch (IOException e) {
            throw new MalformedException("not CBOR that can be read");
        }
    }

    long unsigned(int key) throws MalformedException {
        return unsigned(key, 0, Long.MAX_VALUE);
    }

    long unsigned(int key, long min, long max) throws MalformedException {
        long value = require(key, Long.class);
        if (value < min || value > max) {
            throw new MalformedException("key " + key + " is out of range");
        }
        return value;
    }

    OptionalLong unsignedIfPresent(String key) throws MalformedException {
        Object value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(cast(key, value, Long.class));
    }

    /** @param minBytes of its UTF-8 */
    String text(int key, int minBytes, int maxBytes) throws MalformedException {
        String text = text(key);
        int bytes = ByteBufUtil.utf8Bytes(text);
        if (bytes < minBytes || bytes > maxBytes) {
            throw new MalformedException("key " + key + " is too short or too long");
        }
        return text;
    }

    String text(int key) throws MalformedException {
        return require(key, String.class);
    }

    @Nullable String textOrNull(int key) throws MalformedException {
        return values.containsKey((long) key) ? text(key) : null;
    }

    byte[] bytes(int key) throws MalformedException {
        return require(key, byte[].class);
    }

    MapReader map(int key) throws MalformedException {
        return require(key, MapReader.class);
    }

    List<Long> unsignedList(int key) throws MalformedException {
        return list(key, Long.class);
    }

    List<String> textList(int key) throws MalformedException {
        return list(key, String.class);
    }

    private <T> List<T> list(int key, Class<T> type) throws MalformedException {
        List<T> typed = new ArrayList<>();
        for (Object element : require(key, List.class)) {
            typed.add(cast(key, element, type));
        }
        return typed;
    }

    private <T> T require(int key, Class<T> type) throws MalformedException {
        Object value = values.get((long) key);
        if (value == null) {
            throw new MalformedException("key " + key + " is missing");
        }
        return cast(key, value, type);
    }

    private static <T> T cast(Object key, Object value, Class<T> type) throws MalformedException {
        if (!type.isInstance(value)) {
            throw new MalformedException("key " + key + " is of the wrong type");
        }
        return type.cast(value);
    }

    private static MapReader readMap(CBORParser parser, byte[] item) throws IOException, MalformedException {
        MapReader map = new MapReader();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int keyType = majorType(parser, item);
            String name = parser.currentName();
            parser.nextToken();
            boolean isOurs = keyType == CborHead.TEXT && name.equals(MessageKey.OPEN_CONNECTION);
            if (keyType == CborHead.UNSIGNED || isOurs) {
                Object previous = map.values.put(isOurs ? name : (Object) key(name), value(parser, item));
                if (previous != null) {
                    throw new MalformedException("a key stands twice");
                }
            } else {
                parser.skipChildren();
            }
        }
        return map;
    }

    /** Where the parser stands on, from its encoding, since the parser's tokens are laxer: a key "1" would pass for 1. */
    private static Object value(CBORParser parser, byte[] item) throws IOException, MalformedException {
        return switch (majorType(parser, item)) {
            case CborHead.UNSIGNED ->
                parser.getNumberType() == CBORParser.NumberType.BIG_INTEGER ? OTHER : parser.getLongValue();
            case CborHead.BYTES -> parser.getBinaryValue();
            case CborHead.TEXT -> wellFormed(parser.getText());
            case CborHead.ARRAY -> readArray(parser, item);
            case CborHead.MAP -> readMap(parser, item);
            default -> {
                parser.skipChildren();
                yield OTHER;
            }
        };
    }

    private static List<Object> readArray(CBORParser parser, byte[] item) throws IOException, MalformedException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, item));
        }
        return list;
    }

    /** The parser lets surrogates pass that no well-formed text has. */
    private static String wellFormed(String text) throws MalformedException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedException("a text is not Unicode");
        }
        return text;
    }

    private static int majorType(CBORParser parser, byte[] item) {
        return (item[(int) parser.currentTokenLocation().getByteOffset()] & 0xff) >> 5;
    }

    private static long key(String name) throws MalformedException {
        try {
            return Long.parseUnsignedLong(name);
        } catch (NumberFormatException e) {
            throw new MalformedException("a key is out of range");
        }
    }
}
