package dev.lp2p.agent.command;

/** One run of the command in this process, its streams being no terminals. */
record Invocation(int status, String out, String err) {

    static Invocation of(String... arguments) {
        return withInput("", arguments);
    }

    static Invocation withInput(String input, String... arguments) {
        TestStreams streams = new TestStreams(input);
        int status = Lp2pCommand.commandLine(streams.streams()).execute(arguments);
        return new Invocation(status, streams.out(), streams.err());
    }
}
