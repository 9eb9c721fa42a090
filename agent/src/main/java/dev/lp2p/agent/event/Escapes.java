package dev.lp2p.agent.event;

import java.util.stream.Collectors;

/** JSON that means the same and does nothing to where it is shown. */
final class Escapes {

    private Escapes() {}

    /** @param json in one line, so that what is escaped stands in strings only */
    static String escape(String json) {
        return json.codePoints().mapToObj(Escapes::escape).collect(Collectors.joining());
    }

    private static String escape(int codePoint) {
        String text = Character.toString(codePoint);
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                text.chars().mapToObj(unit -> String.format("\\u%04X", unit)).collect(Collectors.joining());
            default -> text;
        };
    }
}
