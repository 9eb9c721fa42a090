package dev.lp2p.agent.browser;

/**
 * How a page is shown.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param dark whether the user likes it dark
 */
public record PageLook(int width, int height, boolean dark) {}
