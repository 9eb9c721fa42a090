/** What the windows are made of: controls that arm, text that others wrote, colours and pictures. */
@NullMarked
package dev.lp2p.desktop.widget;

import org.jspecify.annotations.NullMarked;
