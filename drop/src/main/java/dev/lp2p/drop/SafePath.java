package dev.lp2p.drop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A path of the sender's that stays inside the folder it is put in; the last name is the file's. */
record SafePath(List<Segment> folders, Segment file) {

    /** A name as the sender wrote it, and as it is stored. */
    record Segment(String raw, String name) {}

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    static SafePath parse(String path) throws RefusedException {
        if (SafeName.bytes(path) > DropProtocol.MAX_PATH_BYTES) {
            throw new RefusedException(DropReason.PATH_TOO_LONG);
        }
        if (path.indexOf('\\') >= 0
                || DRIVE.matcher(path).matches()
                || path.codePoints().anyMatch(SafePath::isForbidden)) {
            throw new RefusedException(DropReason.BAD_PATH);
        }
        String[] names = path.split("/", -1);
        if (names.length > DropProtocol.MAX_DEPTH) {
            throw new RefusedException(DropReason.TOO_DEEP);
        }
        List<Segment> segments = new ArrayList<>(names.length);
        for (String name : names) {
            // An empty name is a leading, doubled or trailing separator.
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new RefusedException(DropReason.BAD_PATH);
            }
            segments.add(new Segment(name, segments.isEmpty() ? SafeName.visible(name) : SafeName.of(name)));
        }
        int last = segments.size() - 1;
        return new SafePath(List.copyOf(segments.subList(0, last)), segments.get(last));
    }

    private static boolean isForbidden(int codePoint) {
        return Printable.isControl(codePoint) || Printable.isUnpairedSurrogate(codePoint);
    }
}
