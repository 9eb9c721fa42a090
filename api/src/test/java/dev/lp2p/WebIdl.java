package dev.lp2p;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of WebIDL as our file has. */
final class WebIdl {

    private static final Pattern COMMENT = Pattern.compile("//.*");
    private static final Pattern TOKEN = Pattern.compile("\\w+|\"[^\"]*\"|[^\\s\\w]");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private WebIdl(String text) {
        Matcher matcher = TOKEN.matcher(COMMENT.matcher(text).replaceAll(""));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    static List<Definition> parse(String text) {
        WebIdl idl = new WebIdl(text);
        List<Definition> definitions = new ArrayList<>();
        while (idl.next < idl.tokens.size()) {
            definitions.add(idl.definition());
        }
        return definitions;
    }

    /** An interface, dictionary or enumeration. */
    record Definition(
            Map<String, String> marks,
            String kind,
            String name,
            @Nullable String parent,
            List<Member> members) {

        boolean isEvent() {
            return kind.equals("interface") && "Event".equals(parent);
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** What stands in a definition; {@code kind} is constructor, attribute, operation, field or value. */
    record Member(
            Map<String, String> marks,
            String kind,
            boolean readonly,
            List<String> types,
            String name,
            List<Argument> arguments) {}

    /** One of an operation or constructor; several types where it is a union. */
    record Argument(boolean optional, List<String> types) {}

    private Definition definition() {
        Map<String, String> marks = marks();
        String kind = take();
        String name = take();
        String parent = skip(":") ? take() : null;
        List<Member> members = new ArrayList<>();
        expect("{");
        while (!skip("}")) {
            members.add(
                    switch (kind) {
                        case "interface" -> interfaceMember();
                        case "dictionary" -> field();
                        case "enum" -> value();
                        default -> throw new AssertionError("Unknown kind " + kind);
                    });
        }
        expect(";");
        return new Definition(marks, kind, name, parent, members);
    }

    private Member interfaceMember() {
        Map<String, String> marks = marks();
        Member member;
        if (skip("constructor")) {
            member = new Member(marks, "constructor", false, List.of(), "constructor", arguments());
        } else {
            boolean readonly = skip("readonly");
            boolean isAttribute = skip("attribute");
            List<String> types = types();
            String name = take();
            member = isAttribute
                    ? new Member(marks, "attribute", readonly, types, name, List.of())
                    : new Member(marks, "operation", false, types, name, arguments());
        }
        expect(";");
        return member;
    }

    private Member field() {
        Map<String, String> marks = marks();
        skip("required");
        Member field = new Member(marks, "field", false, types(), take(), List.of());
        skipDefault();
        expect(";");
        return field;
    }

    private Member value() {
        String value = take();
        skip(",");
        return new Member(Map.of(), "value", true, List.of(), value.substring(1, value.length() - 1), List.of());
    }

    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        expect("(");
        while (!skip(")")) {
            marks();
            boolean optional = skip("optional");
            arguments.add(new Argument(optional, types()));
            take();
            skipDefault();
            skip(",");
        }
        return arguments;
    }

    /** One type, or those of a union. */
    private List<String> types() {
        List<String> types = new ArrayList<>();
        if (skip("(")) {
            do {
                types.add(type());
            } while (skip("or"));
            expect(")");
        } else {
            types.add(type());
        }
        skip("?");
        return types;
    }

    private String type() {
        StringBuilder type = new StringBuilder(take());
        while (type.toString().equals("unsigned") || peek().equals("long")) {
            type.append(' ').append(take());
        }
        if (skip("<")) {
            type.append('<').append(type()).append('>');
            expect(">");
        }
        skip("?");
        return type.toString();
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        if (!skip("[")) {
            return marks;
        }
        do {
            String name = take();
            StringBuilder value = new StringBuilder();
            if (skip("=")) {
                for (int open = 0; open > 0 || !(peek().equals(",") || peek().equals("]")); ) {
                    open += peek().equals("(") ? 1 : peek().equals(")") ? -1 : 0;
                    value.append(take());
                }
            }
            marks.put(name, value.toString());
        } while (skip(","));
        expect("]");
        return marks;
    }

    private void skipDefault() {
        if (skip("=")) {
            if (skip("{")) {
                expect("}");
            } else {
                take();
            }
        }
    }

    private String peek() {
        return tokens.get(next);
    }

    private String take() {
        return tokens.get(next++);
    }

    private boolean skip(String token) {
        if (!peek().equals(token)) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new AssertionError("Expected " + token + " and found " + peek() + " behind "
                    + tokens.subList(Math.max(0, next - 8), next));
        }
    }
}
