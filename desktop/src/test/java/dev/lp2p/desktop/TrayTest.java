package dev.lp2p.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.desktop.display.OnVirtualDisplay;
import dev.lp2p.desktop.widget.Sign;
import java.awt.Dimension;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.event.ActionEvent;
import java.awt.event.ActionListener;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnVirtualDisplay
class TrayTest {

    @Test
    void theMenuShowsTheDevicesAndEndsTheAgent() {
        List<String> done = new ArrayList<>();
        PopupMenu menu = Tray.menu(() -> done.add("devices"), () -> done.add("quit"));
        choose(menu.getItem(0), "Devices and permissions…");
        choose(menu.getItem(2), "Quit lp2p");
        assertThat(done).containsExactly("devices", "quit");
    }

    @Test
    void thePictureIsAsLargeAsTheTrayAsksAndNotEmpty() {
        BufferedImage image = Sign.image(new Dimension(24, 24));
        assertThat(image.getWidth()).isEqualTo(24);
        assertThat(IntStream.range(0, 24 * 24).filter(i -> image.getRGB(i % 24, i / 24) != 0))
                .hasSizeGreaterThan(40);
    }

    private static void choose(MenuItem item, String label) {
        assertThat(item.getLabel()).isEqualTo(label);
        for (ActionListener listener : item.getActionListeners()) {
            listener.actionPerformed(new ActionEvent(item, ActionEvent.ACTION_PERFORMED, label));
        }
    }
}
