package dev.lp2p.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toMap;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of ARCHITECTURE.md, over the classes of every module that the command is made of. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lp2p");

    /** Where the classes of each module are; those of the API are in no package below. */
    private static final Map<String, String> PACKAGES = Stream.of(
                    "agent", "gateway", "terminal", "drop", "desktop", "store", "osp", "mdns")
            .collect(toMap(module -> module, module -> "dev.lp2p." + module + ".."));

    private static final String API = "dev.lp2p";

    @ParameterizedTest
    @CsvSource({
        "agent,    gateway terminal drop desktop store api osp mdns",
        "gateway,  api",
        "terminal, api osp",
        "drop,     api",
        "desktop,  api osp",
        "store,    api osp",
        "api,      osp",
        "osp,      mdns",
        "mdns,     ''"
    })
    void arrowsPointDownOnly(String module, String below) {
        Set<String> allowed = Set.of(below.split(" "));
        String[] others = Stream.concat(PACKAGES.keySet().stream(), Stream.of("api"))
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(LayersTest::packageOf)
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(packageOf(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    private static String packageOf(String module) {
        return PACKAGES.getOrDefault(module, API);
    }

    @Test
    void nothingThatShipsKnowsTheTestkit() {
        onlyIn("dev.lp2p.testkit..", "dev.lp2p.testkit..");
    }

    @Test
    void theQuicLibraryIsImportedInOnePackage() {
        onlyIn("dev.lp2p.osp.quic..", "io.netty.handler.codec.quic..");
    }

    @Test
    void theDnsLibraryIsImportedInMdnsOnly() {
        onlyIn("dev.lp2p.mdns..", "org.xbill..");
    }

    @Test
    void cryptographicLibrariesAreImportedInOspOnly() {
        onlyIn("dev.lp2p.osp..", "org.bouncycastle..", "cafe.cryptography..");
    }

    @Test
    void theDatabaseIsKnownToTheStoreOnly() {
        onlyIn("dev.lp2p.store..", "java.sql..", "org.sqlite..");
    }

    @Test
    void onlyTheDesktopNeedsADisplay() {
        onlyIn("dev.lp2p.desktop..", "java.awt..", "javax.swing..", "com.formdev..");
    }

    @Test
    void standardStreamsBelongToTheCommandAndTheTerminal() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.lp2p.agent..", "dev.lp2p.terminal..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("libraries log with System.Logger"));
    }

    private static void onlyIn(String home, String... packages) {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
