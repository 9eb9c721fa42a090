package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.identity.Fingerprint;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program can reach from the public types of {@code dev.lp2p}, signature by signature. */
class PublicApiTest {

    /** Of the Open Screen Network Protocol, only what consent and the stores are about. */
    private static final Set<String> FROM_OSP = Set.of(
            "dev.lp2p.osp.agent.MetadataStore",
            "dev.lp2p.osp.authentication.AuthenticationPrompts$CodeAnswer",
            "dev.lp2p.osp.authentication.AuthenticationPrompts$OpenPrompt",
            "dev.lp2p.osp.authentication.AuthenticationPrompts$Outcome",
            "dev.lp2p.osp.authentication.PeerDescription",
            "dev.lp2p.osp.authentication.Psk",
            "dev.lp2p.osp.identity.Fingerprint",
            "dev.lp2p.osp.message.AgentInfo",
            "dev.lp2p.osp.peer.KnownPeer",
            "dev.lp2p.osp.peer.PeerStore");

    private final Set<Class<?>> reached = new HashSet<>();

    @BeforeEach
    void followEverySignature() throws URISyntaxException, IOException, ClassNotFoundException {
        for (Class<?> type : publicTypes()) {
            reach(type);
        }
    }

    @Test
    void whatIsReachedIsOfTheJdkOfThisPackageOrAListedTypeOfOsp() {
        assertThat(reached)
                .filteredOn(type -> !type.getName().startsWith("java.")
                        && !type.getPackageName().equals("dev.lp2p"))
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(FROM_OSP);
    }

    @Test
    void whatIsReachedCanBeNamedByAProgram() throws URISyntaxException {
        Set<String> exported = new TreeSet<>(Set.of("dev.lp2p"));
        module(Fingerprint.class, "dev.lp2p.osp").exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .forEach(exported::add);

        assertThat(reached)
                .filteredOn(type -> !type.getName().startsWith("java."))
                .allSatisfy(type -> assertThat(type).satisfies(it -> {
                    assertThat(it).isPublic();
                    assertThat(exported).contains(it.getPackageName());
                }));
    }

    @Test
    void noModuleOfALibraryIsPassedOnToPrograms() throws URISyntaxException {
        assertThat(passedOn(module(LP2PReceiver.class, "dev.lp2p"))).containsExactly("dev.lp2p.osp");
        assertThat(passedOn(module(Fingerprint.class, "dev.lp2p.osp"))).isEmpty();
    }

    private void reach(Type type) {
        if (type instanceof ParameterizedType generic) {
            reach(generic.getRawType());
            reachAll(generic.getActualTypeArguments());
        } else if (type instanceof WildcardType wildcard) {
            reachAll(wildcard.getUpperBounds());
            reachAll(wildcard.getLowerBounds());
        } else if (type instanceof GenericArrayType array) {
            reach(array.getGenericComponentType());
        } else if (type instanceof Class<?> plain) {
            reachClass(plain);
        }
    }

    private void reachClass(Class<?> type) {
        if (type.isArray()) {
            reach(type.getComponentType());
            return;
        }
        if (type.isPrimitive() || !reached.add(type) || type.getName().startsWith("java.")) {
            return;
        }
        if (type.getGenericSuperclass() != null) {
            reach(type.getGenericSuperclass());
        }
        reachAll(type.getGenericInterfaces());
        reachBounds(type.getTypeParameters());
        visible(type.getDeclaredClasses(), Class::getModifiers).forEach(this::reach);
        visible(type.getDeclaredFields(), Member::getModifiers)
                .map(Field::getGenericType)
                .forEach(this::reach);
        visible(type.getDeclaredConstructors(), Constructor::getModifiers).forEach(this::reachSignature);
        visible(type.getDeclaredMethods(), Member::getModifiers)
                .peek(this::reachSignature)
                .map(Method::getGenericReturnType)
                .forEach(this::reach);
    }

    private void reachSignature(Executable executable) {
        reachAll(executable.getGenericParameterTypes());
        reachAll(executable.getGenericExceptionTypes());
        reachBounds(executable.getTypeParameters());
    }

    private void reachBounds(TypeVariable<?>[] variables) {
        for (TypeVariable<?> variable : variables) {
            reachAll(variable.getBounds());
        }
    }

    private void reachAll(Type[] types) {
        for (Type type : types) {
            reach(type);
        }
    }

    private static <T> Stream<T> visible(T[] members, ToIntFunction<? super T> modifiers) {
        return Arrays.stream(members)
                .filter(member -> (modifiers.applyAsInt(member) & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
    }

    private static List<Class<?>> publicTypes() throws URISyntaxException, IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        Path folder = classes(LP2PReceiver.class).resolve("dev").resolve("lp2p");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.contains("$") && !name.equals("package-info")) {
                    Class<?> type = Class.forName("dev.lp2p." + name);
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static Stream<String> passedOn(ModuleDescriptor module) {
        return module.requires().stream()
                .filter(required -> required.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name);
    }

    private static ModuleDescriptor module(Class<?> type, String name) throws URISyntaxException {
        return ModuleFinder.of(classes(type)).find(name).orElseThrow().descriptor();
    }

    /** A folder of classes, or a jar. */
    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
