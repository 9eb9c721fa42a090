package dev.lp2p.desktop.widget;

import java.awt.Color;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.text.DefaultCaret;

/** Text that breaks its lines by the width it is given, is never cut short, and is never taken for HTML. */
public final class WrappedText extends JTextArea {

    private WrappedText(String text, Typography typography, Color color, boolean breaksAnywhere) {
        super(text);
        Texts.disableHtml(this);
        setFont(typography.font());
        setForeground(color);
        setDisabledTextColor(color);
        setLineWrap(true);
        setWrapStyleWord(!breaksAnywhere);
        setEditable(false);
        setFocusable(false);
        setOpaque(false);
        setBorder(null);
        setMargin(null);
        setHighlighter(null);
        DefaultCaret still = new DefaultCaret();
        still.setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
        setCaret(still);
        getAccessibleContext().setAccessibleName(text);
    }

    public static WrappedText title(String text) {
        return new WrappedText(text, Typography.TITLE, Palette.TEXT.color(), false);
    }

    public static WrappedText strong(String text) {
        return new WrappedText(text, Typography.STRONG, Palette.TEXT.color(), false);
    }

    public static WrappedText body(String text) {
        return new WrappedText(text, Typography.BODY, Palette.TEXT.color(), false);
    }

    public static WrappedText muted(String text) {
        return new WrappedText(text, Typography.SMALL, Palette.MUTED.color(), false);
    }

    public static WrappedText warning(String text) {
        return new WrappedText(text, Typography.BODY, Palette.WARNING_TEXT.color(), false);
    }

    /** A few words on one line. */
    public static JLabel line(String text) {
        JLabel line = new JLabel(text);
        Texts.disableHtml(line);
        line.setFont(Typography.SMALL.font());
        line.setForeground(Palette.MUTED.color());
        return line;
    }

    /** An origin: whole, in a face in which no letter looks like another, broken wherever the line ends. */
    static WrappedText origin(String text) {
        return new WrappedText(text, Typography.ORIGIN, Palette.TEXT.color(), true);
    }

    static WrappedText fingerprint(String text) {
        return new WrappedText(text, Typography.FINGERPRINT, Palette.MUTED.color(), true);
    }

    public void say(String text) {
        setText(text);
        getAccessibleContext().setAccessibleName(text);
    }
}
