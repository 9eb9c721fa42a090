package dev.lp2p.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md, over the classes of every module that the command is made of. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lp2p");

    @Test
    void arrowsPointDownOnly() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("agent")
                .definedBy("dev.lp2p.agent..")
                .layer("gateway")
                .definedBy("dev.lp2p.gateway..")
                .layer("terminal")
                .definedBy("dev.lp2p.terminal..")
                .layer("drop")
                .definedBy("dev.lp2p.drop..")
                .layer("desktop")
                .definedBy("dev.lp2p.desktop..")
                .layer("store")
                .definedBy("dev.lp2p.store..")
                .layer("api")
                .definedBy("dev.lp2p", "dev.lp2p.manager..")
                .layer("osp")
                .definedBy("dev.lp2p.osp..")
                .layer("mdns")
                .definedBy("dev.lp2p.mdns..")
                .whereLayer("agent")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("terminal")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("drop")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("desktop")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("agent", "gateway", "desktop", "terminal", "drop", "store")
                .whereLayer("osp")
                .mayOnlyBeAccessedByLayers("agent", "terminal", "desktop", "store", "api")
                .whereLayer("mdns")
                .mayOnlyBeAccessedByLayers("agent", "osp"));
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
                .should(ACCESS_STANDARD_STREAMS)
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
