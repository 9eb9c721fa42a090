package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UntrustedTextTest {

    @Test
    void nothingInANameMovesTheCursorOrColoursTheScreen() {
        assertThat(UntrustedText.name("a\u001b[2Jb\r\nc\u0007\u009b31m")).isEqualTo("a[2Jb c31m");
    }

    @Test
    void aNameThatFillsTheScreenIsCut() {
        assertThat(UntrustedText.name("x".repeat(5000)))
                .hasSize(UntrustedText.MAX_NAME)
                .endsWith("…");
    }

    @Test
    void aNameOfNothingVisibleSaysSo() {
        assertThat(UntrustedText.name("\u200B \u202E\n")).isEqualTo("(no name)");
    }

    @Test
    void besideAQuestionForACodeANameShowsNoDigitsThatCouldBeOne() {
        assertThat(UntrustedText.nameBesideCode("Code 123-456")).isEqualTo("Code •••-•••");
        assertThat(UntrustedText.nameBesideCode("1 2 3 4 5 6")).isEqualTo("• • • • • •");
        assertThat(UntrustedText.nameBesideCode("٣٤٥ ①②③")).isEqualTo("••• •••");
    }

    @Test
    void besideAQuestionForACodeAModelNumberStays() {
        assertThat(UntrustedText.nameBesideCode("Pixel 10")).isEqualTo("Pixel 10");
    }
}
