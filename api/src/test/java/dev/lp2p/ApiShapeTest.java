package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.WebIdl.Argument;
import dev.lp2p.WebIdl.Definition;
import dev.lp2p.WebIdl.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java API against {@code spec/lp2p.idl}, by the rules of {@code spec/README.md}. */
class ApiShapeTest {

    private static final Path IDL = Path.of("..", "spec", "lp2p.idl");

    /** What the draft leaves to the user agent, and how Java says what IDL has built in. */
    private static final Set<String> ONLY_IN_JAVA = Set.of(
            "Consent",
            "Grant",
            "GrantStore",
            "InMemoryGrantStore",
            "IncomingRequest",
            "LP2PBlob",
            "LP2PBlobWriter",
            "LP2PException",
            "LP2PSettings",
            "LocalPeerToPeerManager",
            "MessageData",
            "OpenConnection",
            "Origin",
            "OriginRule",
            "Peer",
            "PeerCandidate",
            "PeerChoice",
            "ReadableStream",
            "Suspicion",
            "WritableStream");

    /** What constructors take before that which the IDL has. */
    private static final Set<String> TAKEN_FIRST = Set.of("LocalPeerToPeerManager", "Origin");

    private static final Set<String> NUMBERS =
            Set.of("unsigned short", "long", "unsigned long", "unsigned long long", "double", "DOMHighResTimeStamp");

    private static final Set<Class<?>> NUMBERS_IN_JAVA = Set.of(
            int.class,
            long.class,
            Integer.class,
            Long.class,
            OptionalInt.class,
            OptionalLong.class,
            Duration.class,
            Optional.class);

    private static final Map<String, Class<?>> BUILT_IN = Map.of(
            "undefined", void.class,
            "boolean", boolean.class,
            "DOMString", String.class,
            "USVString", String.class,
            "Blob", LP2PBlob.class,
            "ArrayBuffer", byte[].class,
            "ArrayBufferView", ByteBuffer.class,
            "InputStream", InputStream.class,
            "OutputStream", OutputStream.class);

    private static final List<Definition> ALL = parse();

    static Stream<Definition> definitionsWithACounterpart() {
        return ALL.stream()
                .filter(definition -> !definition.marks().containsKey("WebOnly"))
                .filter(definition -> !"EventInit".equals(definition.parent()));
    }

    @ParameterizedTest
    @MethodSource("definitionsWithACounterpart")
    void javaHasWhatTheIdlHasAndNothingElse(Definition definition) throws Exception {
        Class<?> type = Class.forName("dev.lp2p." + javaName(definition).replace('.', '$'));
        assertThat(type).isPublic();
        if (definition.kind().equals("enum")) {
            assertThat(Arrays.stream(type.getEnumConstants()).map(ApiShapeTest::idlValue))
                    .containsExactlyInAnyOrderElementsOf(
                            definition.members().stream().map(Member::name).toList());
        } else if (definition.kind().equals("dictionary") || definition.isEvent()) {
            compareRecord(definition, type);
        } else {
            compareInterface(definition, type);
        }
    }

    @Test
    void everyPublicTypeIsInTheIdlOrListedAsJavasOnly() throws Exception {
        Set<String> expected = definitionsWithACounterpart()
                .map(ApiShapeTest::javaName)
                .filter(name -> !name.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
        expected.addAll(ONLY_IN_JAVA);
        assertThat(publicTypes()).containsExactlyElementsOf(expected);
    }

    private static void compareRecord(Definition definition, Class<?> type) {
        assertThat(type).isRecord();
        List<String> differences = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Member member : inJava(definition)) {
            if (member.kind().equals("constructor")) {
                continue;
            }
            names.add(member.name());
            boolean isThere = Arrays.stream(type.getRecordComponents())
                    .anyMatch(component ->
                            component.getName().equals(member.name()) && isAny(member.types(), component.getType()));
            if (!isThere) {
                differences.add("missing: " + member.name());
            }
        }
        Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !names.contains(name))
                .forEach(name -> differences.add("not in the IDL: " + name));
        names.addAll(Set.of("equals", "hashCode", "toString"));
        publicMethods(type)
                .filter(method -> !names.contains(method.getName()))
                .forEach(method -> differences.add("not in the IDL: " + method));
        assertThat(differences).isEmpty();
    }

    private static void compareInterface(Definition definition, Class<?> type) throws ClassNotFoundException {
        List<String> differences = new ArrayList<>();
        Set<Executable> known = new HashSet<>();
        for (Member member : inJava(definition)) {
            if (!findCounterparts(member, type, known)) {
                differences.add("missing: " + member.name());
            }
        }
        for (Optional<Definition> parent = parent(definition); parent.isPresent(); parent = parent(parent.get())) {
            assertThat(type)
                    .isAssignableTo(Class.forName("dev.lp2p." + parent.get().name()));
            inJava(parent.get()).forEach(member -> findCounterparts(member, type, known));
        }
        Stream.concat(publicMethods(type), Arrays.stream(type.getConstructors()))
                .filter(executable -> !known.contains(executable))
                .forEach(executable -> differences.add("not in the IDL: " + executable));
        assertThat(differences).isEmpty();
    }

    /** Adds what is the counterpart of the member to {@code known}; returns whether all of it is there. */
    private static boolean findCounterparts(Member member, Class<?> type, Set<Executable> known) {
        if (member.kind().equals("constructor")) {
            return addAll(
                    known,
                    Arrays.stream(type.getConstructors())
                            .filter(constructor -> takes(constructor, member.arguments())));
        }
        if (member.kind().equals("operation")) {
            List<Method> overloads = publicMethods(type)
                    .filter(method -> method.getName().equals(member.name()))
                    .filter(method -> takes(method, member.arguments()))
                    .filter(method -> isAny(member.types(), method.getReturnType()))
                    .toList();
            boolean isWhole = member.arguments().stream()
                    .filter(argument -> !argument.optional())
                    .allMatch(argument -> argument.types().stream()
                            .allMatch(one -> overloads.stream().anyMatch(method -> hasParameter(method, one))));
            return addAll(known, overloads.stream()) && isWhole;
        }
        if (member.types().contains("EventHandler")) {
            return addAll(
                    known,
                    publicMethods(type)
                            .filter(method -> method.getName().equalsIgnoreCase(member.name()))
                            .filter(method -> method.getName().matches("on[A-Z]\\w*"))
                            .filter(method -> method.getReturnType() == void.class && takesOneFunction(method)));
        }
        boolean isRead = addAll(
                known,
                publicMethods(type)
                        .filter(method -> method.getName().equals(member.name()) && method.getParameterCount() == 0)
                        .filter(method -> isAny(member.types(), method.getReturnType())));
        String setter = "set" + Character.toUpperCase(member.name().charAt(0))
                + member.name().substring(1);
        boolean isWritten = addAll(
                known,
                publicMethods(type)
                        .filter(method -> method.getName().equals(setter) && !member.readonly())
                        .filter(method -> method.getReturnType() == void.class)
                        .filter(method -> takes(method, List.of(new Argument(false, member.types())))));
        return isRead && (isWritten || member.readonly());
    }

    private static boolean addAll(Set<Executable> known, Stream<? extends Executable> found) {
        List<? extends Executable> all = found.toList();
        known.addAll(all);
        return !all.isEmpty();
    }

    private static boolean takes(Executable executable, List<Argument> arguments) {
        List<Class<?>> parameters = new ArrayList<>(Arrays.asList(executable.getParameterTypes()));
        if (executable instanceof Constructor) {
            while (!parameters.isEmpty()
                    && TAKEN_FIRST.contains(parameters.get(0).getSimpleName())) {
                parameters.remove(0);
            }
        }
        long required =
                arguments.stream().filter(argument -> !argument.optional()).count();
        if (parameters.size() < required || parameters.size() > arguments.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!isAny(arguments.get(i).types(), parameters.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasParameter(Method method, String idlType) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(type -> is(idlType, type));
    }

    private static boolean takesOneFunction(Method method) {
        return method.getParameterCount() == 1
                && Arrays.stream(method.getParameterTypes()[0].getMethods())
                                .filter(candidate -> Modifier.isAbstract(candidate.getModifiers()))
                                .count()
                        == 1;
    }

    private static boolean isAny(List<String> idlTypes, Class<?> type) {
        return idlTypes.stream().anyMatch(idlType -> is(idlType, type));
    }

    private static boolean is(String idlType, Class<?> type) {
        if (NUMBERS.contains(idlType)) {
            return NUMBERS_IN_JAVA.contains(type);
        }
        if (idlType.startsWith("Promise<")) {
            return type == CompletableFuture.class;
        }
        Class<?> builtIn = BUILT_IN.get(idlType);
        if (builtIn != null) {
            return type == builtIn;
        }
        String name = ALL.stream()
                .filter(definition -> definition.name().equals(idlType))
                .map(ApiShapeTest::javaName)
                .findAny()
                .orElse(idlType);
        return Objects.equals(type.getCanonicalName(), "dev.lp2p." + name);
    }

    private static List<Member> inJava(Definition definition) {
        return definition.members().stream()
                .filter(member -> !member.marks().containsKey("WebOnly"))
                .toList();
    }

    private static Optional<Definition> parent(Definition definition) {
        return ALL.stream()
                .filter(candidate -> candidate.name().equals(definition.parent()))
                .findAny();
    }

    private static String javaName(Definition definition) {
        return definition.marks().getOrDefault("Java", definition.name());
    }

    private static String idlValue(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static Set<String> publicTypes() throws URISyntaxException, IOException, ClassNotFoundException {
        Path classes = Path.of(LP2PDataChannel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes.resolve("dev").resolve("lp2p"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.contains("$") && !name.equals("package-info")) {
                    if (Modifier.isPublic(Class.forName("dev.lp2p." + name).getModifiers())) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private static List<Definition> parse() {
        try {
            return WebIdl.parse(Files.readString(IDL));
        } catch (IOException e) {
            throw new IllegalStateException("The API's shape is missing", e);
        }
    }
}
