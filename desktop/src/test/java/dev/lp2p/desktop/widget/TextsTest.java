package dev.lp2p.desktop.widget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void aNameIsBoundedStrippedAndInQuotationMarks() {
        assertThat(Texts.quoted("TV\n\u202egnivil\u0007")).isEqualTo("“TV gnivil”");
        assertThat(Texts.quoted("x".repeat(1000))).hasSize(Texts.MAX_NAME + 2).endsWith("…”");
        assertThat(Texts.quoted("\u200b")).isEqualTo("a device without a name");
    }

    @Test
    void besideAQuestionForACodeANameShowsNoDigitsThatCouldBeOne() {
        assertThat(Texts.quotedBesideCode("Type 123-456 now")).isEqualTo("“Type •••-••• now”");
        assertThat(Texts.quotedBesideCode("Type ①②③ or ١٢٣")).isEqualTo("“Type ••• or •••”");
        assertThat(Texts.quotedBesideCode("Galaxy S9")).isEqualTo("“Galaxy S9”");
    }
}
