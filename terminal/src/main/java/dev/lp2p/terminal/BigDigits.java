package dev.lp2p.terminal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Digits three lines high, drawn in half blocks, to be read from across a room. */
final class BigDigits {

    static final int ROWS = 3;

    private static final List<String[]> DIGITS = List.of(
            new String[] {"█▀█", "█ █", "█▄█"},
            new String[] {"▀█ ", " █ ", "▄█▄"},
            new String[] {"▀▀█", "█▀▀", "█▄▄"},
            new String[] {"▀▀█", " ▀█", "▄▄█"},
            new String[] {"█ █", "▀▀█", "  █"},
            new String[] {"█▀▀", "▀▀█", "▄▄█"},
            new String[] {"█▀▀", "█▀█", "█▄█"},
            new String[] {"▀▀█", "  █", "  █"},
            new String[] {"█▀█", "█▀█", "█▄█"},
            new String[] {"█▀█", "▀▀█", "▄▄█"});
    private static final String[] DASH = {"   ", "▀▀▀", "   "};

    private BigDigits() {}

    /** @param code digits and dashes */
    static List<String> draw(String code) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> code.chars()
                        .mapToObj(c -> (c == '-' ? DASH : DIGITS.get(c - '0'))[row])
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
