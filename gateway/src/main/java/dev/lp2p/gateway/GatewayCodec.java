package dev.lp2p.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lp2p.gateway.GatewayMessage.ForThing;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import dev.lp2p.gateway.GatewayMessage.Making;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages as JSON objects: the records of {@link GatewayMessage} say what is in them. */
final class GatewayCodec {

    private static final long MAX_NUMBER = 0xffff_ffffL;
    private static final int MAX_DEPTH = 4;

    /** Versions that a page may list. */
    private static final int MAX_LIST = 64;

    private static final String TYPE = "type";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final Map<String, Class<?>> OF_PAGE = Stream.of(FromPage.class, Making.class, ForThing.class)
            .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
            .filter(Class::isRecord)
            .distinct()
            .collect(Collectors.toMap(GatewayCodec::nameOf, Function.identity()));

    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return nameOf(type);
        }
    };

    /** Looked up once, as the JDK makes them anew for each who asks. */
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents());
        }
    };

    private GatewayCodec() {}

    /** @throws ProtocolViolation if it is none that this version knows */
    static FromPage decode(String text) {
        JsonNode message = parse(text);
        JsonNode type = message.get(TYPE);
        if (type == null || !type.isTextual()) {
            throw ProtocolViolation.badMessage("A control message is a JSON object with a type");
        }
        Class<?> known = OF_PAGE.get(type.textValue());
        if (known == null) {
            throw new ProtocolViolation(ProtocolViolation.Code.UNKNOWN_TYPE, "This agent does not know such a message");
        }
        return (FromPage) read(message, known);
    }

    static String encode(FromAgent message) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put(TYPE, NAMES.get(message.getClass()));
        return write(object, message).toString();
    }

    /** {@code receiver.start} for {@code ReceiverStart}. */
    static String nameOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", ".").toLowerCase(Locale.ROOT);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw ProtocolViolation.badMessage("A control message that is no JSON");
        }
    }

    private static Object read(JsonNode message, Class<?> type) {
        List<RecordComponent> components = COMPONENTS.get(type);
        Object[] values = new Object[components.size()];
        Class<?>[] types = new Class<?>[components.size()];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = components.get(i);
            types[i] = component.getType();
            Object value = value(message.get(component.getName()), types[i]);
            if (value == null) {
                throw ProtocolViolation.badMessage(
                        nameOf(type) + ": its field " + component.getName() + " is missing or of another kind");
            }
            values[i] = value;
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof ProtocolViolation violation ? violation : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null if it is not of that type */
    private static @Nullable Object value(@Nullable JsonNode node, Class<?> type) {
        if (node == null) {
            return absent(type);
        }
        if (type == long.class) {
            return isNumber(node) ? node.longValue() : null;
        }
        if (type == OptionalLong.class) {
            return isNumber(node) ? OptionalLong.of(node.longValue()) : null;
        }
        if (type == String.class) {
            return node.isTextual() ? node.textValue() : null;
        }
        if (type == Optional.class) {
            return node.isTextual() ? Optional.of(node.textValue()) : null;
        }
        if (type == boolean.class) {
            return node.isBoolean() ? node.booleanValue() : null;
        }
        return node.isArray() ? numbers(node) : null;
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return type == Optional.class ? Optional.empty() : null;
    }

    private static @Nullable List<Long> numbers(JsonNode array) {
        if (array.size() > MAX_LIST) {
            return null;
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode node : array) {
            if (!isNumber(node)) {
                return null;
            }
            numbers.add(node.longValue());
        }
        return numbers;
    }

    private static boolean isNumber(JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= 0
                && node.longValue() <= MAX_NUMBER;
    }

    private static ObjectNode write(ObjectNode object, Object message) {
        for (RecordComponent component : COMPONENTS.get(message.getClass())) {
            try {
                write(object, component.getName(), component.getAccessor().invoke(message));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return object;
    }

    private static void write(ObjectNode object, String field, Object value) {
        if (value instanceof Long number) {
            object.put(field, number);
        } else if (value instanceof String text) {
            object.put(field, text);
        } else if (value instanceof Boolean flag) {
            object.put(field, flag);
        } else if (value instanceof Double number) {
            object.put(field, number);
        } else if (value instanceof OptionalLong optional) {
            optional.ifPresent(number -> object.put(field, number));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> write(object, field, present));
        } else {
            object.set(field, write(JsonNodeFactory.instance.objectNode(), value));
        }
    }
}
