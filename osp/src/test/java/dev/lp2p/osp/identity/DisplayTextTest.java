package dev.lp2p.osp.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {

    private static final int MAX = 63;

    @Test
    void nothingMovesTheCursorOrColoursTheScreen() {
        assertThat(clean("a\u001b[2Jb\u0007\u009b31m")).isEqualTo("a[2Jb31m");
    }

    @Test
    void nothingTurnsTheDirectionOfReading() {
        assertThat(clean("photo\u202Egpj.exe\u2066\u200F")).isEqualTo("photogpj.exe");
    }

    @Test
    void linesAndSurplusSpaceBecomeOneSpace() {
        assertThat(clean(" \tLiving\r\n\u2028\u00a0 Room\u3000")).isEqualTo("Living Room");
    }

    @Test
    void halvesOfSurrogatesAndWhatHasNoCommonMeaningGoAway() {
        assertThat(clean("a\uD83Db\uDCFAc\uE000d\u0378")).isEqualTo("abcd");
    }

    @Test
    void emojiUmlautsAndDotsStay() {
        String name = "Jürgens T.V. 👩\u200D🚀 リビング";
        assertThat(clean(name)).isEqualTo(name);
    }

    @Test
    void whatIsTooLongIsCutBetweenCharactersAndSaysSo() {
        assertThat(clean("📺".repeat(MAX))).isEqualTo("📺".repeat(MAX));
        assertThat(clean("📺".repeat(5000))).isEqualTo("📺".repeat(MAX - 1) + "…");
        assertThat(clean("x".repeat(MAX) + "  ")).isEqualTo("x".repeat(MAX));
        assertThat(clean("x".repeat(MAX) + " y")).isEqualTo("x".repeat(MAX - 1) + "…");
    }

    @Test
    void nothingMayBeLeft() {
        assertThat(clean("\u200B \u202E\n")).isEmpty();
    }

    private static String clean(String text) {
        return DisplayText.clean(text, MAX);
    }
}
