package dev.lp2p.terminal;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The standard streams and where they lead.
 *
 * @param charset what the terminal speaks
 * @param ansi whether terminals among them understand ANSI sequences
 * @param columns the terminal's width, which may change
 */
public record StandardStreams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Charset charset,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean ansi,
        IntSupplier columns) {

    /** Those of this process. */
    public static StandardStreams ofProcess(Map<String, String> environment) {
        Charset charset = Charset.forName(
                System.getProperty("native.encoding", Charset.defaultCharset().name()));
        TerminalProbe probe = TerminalProbe.run();
        return new StandardStreams(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, charset),
                charset,
                probe.inIsTerminal(),
                probe.outIsTerminal(),
                probe.errIsTerminal(),
                !"dumb".equals(environment.get("TERM")),
                new TerminalWidth());
    }

    /** Standard output, as a screen. */
    public Screen screenOnOut() {
        return new Screen(out, outIsTerminal && ansi, isUnicode(), columns);
    }

    /** Standard error, as a screen. */
    public Screen screenOnErr() {
        return new Screen(err, errIsTerminal && ansi, isUnicode(), columns);
    }

    /** Standard input, as lines. */
    public BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(in, charset));
    }

    private boolean isUnicode() {
        return charset.equals(StandardCharsets.UTF_8);
    }
}
