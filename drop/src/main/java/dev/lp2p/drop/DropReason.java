package dev.lp2p.drop;

import java.util.Arrays;

/** Why a file or a whole transfer did not arrive: a code on the wire, and a sentence for a person. */
public enum DropReason {
    // A file.
    BAD_PATH("bad-path", "The path is not one that stays inside the receiving folder"),
    PATH_TOO_LONG("path-too-long", "The path is longer than 4096 bytes; shorten the names of its folders"),
    TOO_DEEP("too-deep", "The file lies more than 64 folders deep"),
    TOO_MANY_FOLDERS("too-many-folders", "There are more folders than one transfer may make; send it as an archive"),
    NAME_TAKEN("name-taken", "Too many files of this name exist in the receiving folder"),
    NAME_NOT_STORABLE("name-not-storable", "The receiving system cannot store this name"),
    FOLDER_REPLACED(
            "folder-replaced",
            "The receiving folder was replaced while the transfer ran; nothing was written through it"),
    NO_SPACE("no-space", "The receiving disk has not enough room; make some, or receive into another folder"),
    NOT_STORED("not-stored", "The receiver could not write the file"),
    CORRUPT("corrupt", "The bytes that arrived have another checksum than those that were sent; send the file again"),
    BEYOND_OFFER("beyond-offer", "The files have grown since they were offered; send again"),
    CHANGED("changed", "The file changed while it was being sent; send it again"),
    UNREADABLE("unreadable", "The file cannot be read; check its permissions"),
    ABORTED("aborted", "The sender broke the file off"),
    UNCONFIRMED("unconfirmed", "The receiver never confirmed the file; send it again"),
    SYMLINK("symlink", "Symbolic links are not followed; send what it points to"),
    SPECIAL_FILE("special-file", "Not a file or folder, and not sent"),
    EMPTY_FOLDER("empty-folder", "Empty folders are not sent; put a file into it"),

    // A transfer.
    DECLINED("declined", "The other side declined"),
    BUSY("busy", "The other device is receiving another transfer; try again after it"),
    TOO_MANY_FILES("too-many-files", "There are more than 1,000,000 files; send them in parts or as an archive"),
    TOO_MANY_BYTES("too-many-bytes", "There are more than 16 TiB; send them in parts"),
    CANCELLED("cancelled", "The transfer was cancelled"),
    CHANNEL_LOST("channel-lost", "The connection was lost"),
    UNSUPPORTED_VERSION(
            "unsupported-version",
            "The other device speaks another version of the drop protocol; update the older one"),
    UNKNOWN_MESSAGE("unknown-message", "The other device sent a message of an unknown type; update the older one"),
    MALFORMED("malformed", "The other device broke the drop protocol"),
    ANSWERS_UNREAD("answers-unread", "The other device does not read the answers"),
    INTERNAL_ERROR("internal-error", "The transfer failed for a fault in this program; the log says more"),

    /** A code that this version does not know. */
    OTHER("other", "The other device gave a reason that this version does not know");

    private final String code;
    private final String sentence;

    DropReason(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** What stands in messages. */
    public String code() {
        return code;
    }

    /** For a person, without a full stop. */
    public String sentence() {
        return sentence;
    }

    static DropReason ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst()
                .orElse(OTHER);
    }
}
