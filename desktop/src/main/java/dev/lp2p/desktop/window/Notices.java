package dev.lp2p.desktop.window;

import dev.lp2p.Origin;
import dev.lp2p.Peer;
import java.util.ArrayList;
import java.util.List;

/** The notices in the corner of the screen, one above the other. */
public final class Notices {

    /** More of them say nothing more, and would fill the screen. */
    static final int MAX_SHOWN = 4;

    private final List<NoticeWindow> shown = new ArrayList<>();

    /** Says that the origin here is connected to the peer. */
    public void connected(Peer peer, Origin origin) {
        if (shown.size() == MAX_SHOWN) {
            shown.get(0).close();
        }
        NoticeWindow notice = new NoticeWindow(peer, origin, shown::remove);
        notice.show(Screen.area(), shown.stream().mapToInt(NoticeWindow::height).sum());
        shown.add(notice);
    }

    /** Takes all off the screen. */
    public void close() {
        List.copyOf(shown).forEach(NoticeWindow::close);
    }
}
