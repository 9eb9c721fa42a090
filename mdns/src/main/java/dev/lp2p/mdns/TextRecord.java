package dev.lp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a service publishes: keys, whose case does not matter, in order, each with a value of any bytes or
 * with none. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6763#section-6">TXT records</a>
 */
public final class TextRecord {

    /** The most bytes that are published, so that the record fits a packet. */
    public static final int MAX_BYTES = 1300;

    /** The most bytes of one key, one value and what stands between. */
    public static final int MAX_ATTRIBUTE_BYTES = 255;

    private static final TextRecord EMPTY = new TextRecord(List.of());

    private final List<Attribute> attributes;

    private TextRecord(List<Attribute> attributes) {
        this.attributes = attributes;
    }

    /** No attributes at all. */
    public static TextRecord empty() {
        return EMPTY;
    }

    /**
     * This record and one attribute more, at the end; an attribute of the same key is replaced in its place.
     *
     * @throws IllegalArgumentException if the key is empty or not printable ASCII without {@code =}, or the size is above
     *     {@value #MAX_ATTRIBUTE_BYTES} for the attribute or {@value #MAX_BYTES} for all
     */
    public TextRecord with(String key, byte[] value) {
        return with(new Attribute(key, value.clone()));
    }

    /** Like {@link #with(String, byte[])}, with the value in UTF-8. */
    public TextRecord with(String key, String value) {
        return with(new Attribute(key, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Like {@link #with(String, byte[])}, with no value, which is not the same as an empty one. */
    public TextRecord with(String key) {
        return with(new Attribute(key, null));
    }

    /** The keys in order, as they were written. */
    public List<String> keys() {
        return attributes.stream().map(attribute -> attribute.key).toList();
    }

    /** Whether the key is there, with or without a value. */
    public boolean contains(String key) {
        return attributes.stream().anyMatch(attribute -> attribute.hasKey(key));
    }

    /** The value of the key, if it is there and has one. */
    public Optional<byte[]> value(String key) {
        for (Attribute attribute : attributes) {
            if (attribute.hasKey(key) && attribute.value != null) {
                return Optional.of(attribute.value.clone());
            }
        }
        return Optional.empty();
    }

    /** The value of the key as UTF-8, if it is there and has one. */
    public Optional<String> string(String key) {
        return value(key).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The data of the TXT record on the wire. */
    byte[] encode() {
        if (attributes.isEmpty()) {
            return new byte[] {0}; // https://www.rfc-editor.org/rfc/rfc6763#section-6.1
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Attribute attribute : attributes) {
            byte[] bytes = attribute.encode();
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** Reads what it can: attributes without a legal key and repeated ones are skipped, a cut end too. */
    static TextRecord decode(byte[] data) {
        List<Attribute> attributes = new ArrayList<>();
        int at = 0;
        while (at < data.length && at + 1 + (data[at] & 0xff) <= data.length) {
            int end = at + 1 + (data[at] & 0xff);
            Attribute attribute = Attribute.decode(Arrays.copyOfRange(data, at + 1, end));
            if (attribute != null && attributes.stream().noneMatch(seen -> seen.hasKey(attribute.key))) {
                attributes.add(attribute);
            }
            at = end;
        }
        return new TextRecord(List.copyOf(attributes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextRecord text && Arrays.equals(encode(), text.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "TextRecord" + keys();
    }

    private TextRecord with(Attribute added) {
        if (!Attribute.isLegalKey(added.key) || added.encode().length > MAX_ATTRIBUTE_BYTES) {
            throw new IllegalArgumentException("A TXT attribute has a key of printable ASCII without '=' and at most "
                    + MAX_ATTRIBUTE_BYTES + " bytes: " + added.key);
        }
        List<Attribute> all = new ArrayList<>(attributes);
        all.replaceAll(attribute -> attribute.hasKey(added.key) ? added : attribute);
        if (!all.contains(added)) {
            all.add(added);
        }
        TextRecord record = new TextRecord(List.copyOf(all));
        if (record.encode().length > MAX_BYTES) {
            throw new IllegalArgumentException("A TXT record has at most " + MAX_BYTES + " bytes");
        }
        return record;
    }

    private static final class Attribute {

        private final String key;
        private final byte @Nullable [] value;

        Attribute(String key, byte @Nullable [] value) {
            this.key = key;
            this.value = value;
        }

        static @Nullable Attribute decode(byte[] bytes) {
            int equals = 0;
            while (equals < bytes.length && bytes[equals] != '=') {
                equals++;
            }
            String key = new String(bytes, 0, equals, StandardCharsets.ISO_8859_1);
            if (!isLegalKey(key)) {
                return null;
            }
            boolean hasValue = equals < bytes.length;
            return new Attribute(key, hasValue ? Arrays.copyOfRange(bytes, equals + 1, bytes.length) : null);
        }

        /** https://www.rfc-editor.org/rfc/rfc6763#section-6.4 */
        static boolean isLegalKey(String key) {
            return !key.isEmpty() && key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '=');
        }

        boolean hasKey(String other) {
            return key.equalsIgnoreCase(other);
        }

        byte[] encode() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(key.getBytes(StandardCharsets.US_ASCII));
            if (value != null) {
                out.write('=');
                out.writeBytes(value);
            }
            return out.toByteArray();
        }
    }
}
