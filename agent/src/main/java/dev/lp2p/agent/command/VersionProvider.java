package dev.lp2p.agent.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionProvider implements IVersionProvider {

    private static final String NOT_BUILT_INTO_A_JAR = "(development)";

    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "lp2p " + (version == null ? NOT_BUILT_INTO_A_JAR : version),
            "Java " + Runtime.version().toString()
        };
    }
}
