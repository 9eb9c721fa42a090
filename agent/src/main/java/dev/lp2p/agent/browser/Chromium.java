package dev.lp2p.agent.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium of this machine, or what descends from it, without a window and with a profile of its own. */
public final class Chromium implements AutoCloseable {

    /** The environment's word for which one. */
    public static final String VARIABLE = "CHROMIUM";

    private static final List<String> NAMES = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "msedge",
            "microsoft-edge");
    private static final Path ON_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0");

    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final int ENDING_SECONDS = 5;

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process) throws IOException {
        this.process = process;
        this.tools = DevTools.connect(DevTools.await(address(process), "starting the browser"));
    }

    /** One that is named in {@link #VARIABLE}, or else found where programs are. */
    public static Optional<Path> find() {
        String named = System.getenv(VARIABLE);
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<Path> programs = NAMES.stream().flatMap(name -> Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe"))));
        return Stream.concat(programs, Stream.of(ON_MAC))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What it refuses to run as root without. */
    public static List<String> rootFlags() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--no-sandbox") : List.of();
    }

    /** @param profile an empty folder, which it fills */
    public static Chromium start(Path program, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(FLAGS);
        command.addAll(rootFlags());
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process);
        } catch (IOException e) {
            end(process);
            throw e;
        }
    }

    public BrowserPage open(String address, PageLook look) throws IOException {
        return BrowserPage.open(tools, address, look);
    }

    /** Ends it, and waits until it has let go of its profile. */
    @Override
    public void close() throws IOException {
        try {
            tools.call(null, "Browser.close", Map.of());
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(ENDING_SECONDS, TimeUnit.SECONDS);
            } catch (Exception late) {
                one.destroyForcibly();
            }
        }
    }

    /** Reads what it says for as long as it runs, so that it never waits for a reader. */
    private static CompletableFuture<String> address(Process process) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, address), "browser output");
        reader.setDaemon(true);
        reader.start();
        return address;
    }

    private static void read(Process process, CompletableFuture<String> address) {
        String last = "";
        try (BufferedReader output = process.errorReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher found = ADDRESS.matcher(line);
                if (found.find()) {
                    address.complete(found.group(1));
                }
                last = line;
            }
        } catch (IOException e) {
            last = e.toString();
        }
        address.completeExceptionally(new IOException("it ended with: " + last));
    }
}
