package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTokensTest {

    private static final String ORIGIN = "http://127.0.0.1:9321";

    private final PageTokens tokens = new PageTokens();

    @Test
    void howeverManyPagesAreServedAnOpenPageKeepsItsToken() {
        String served = tokens.issue(ORIGIN, "chat");
        String ofWelcome = tokens.renew(ORIGIN, "chat");
        for (int i = 0; i < Limits.TOKENS; i++) {
            tokens.issue(ORIGIN, "game");
        }
        assertThat(tokens.spend(served, ORIGIN)).isEmpty();
        assertThat(tokens.spend(ofWelcome, ORIGIN)).contains("chat");
        assertThat(tokens.spend(ofWelcome, ORIGIN)).isEmpty();
    }
}
