package dev.lp2p.desktop.window;

import dev.lp2p.PeerCandidate;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each device stands, so that no row ever moves under the pointer. */
final class DeviceRows {

    /** Of devices that left or changed as well. Those who come later wait until rows may move. */
    static final int MAX_ROWS = 512;

    private List<DeviceRow> rows = List.of();

    /**
     * Takes the devices that are there now, in the order in which they belong.
     *
     * @param mayMove whether nobody points at a row or has chosen one; otherwise each row keeps its place and its words, and
     *     new ones come below
     */
    List<DeviceRow> update(List<PeerCandidate> now, boolean mayMove) {
        rows = mayMove
                ? now.stream().map(candidate -> new DeviceRow(candidate, true)).toList()
                : keepingPlaces(now);
        return rows;
    }

    private List<DeviceRow> keepingPlaces(List<PeerCandidate> now) {
        Map<Fingerprint, PeerCandidate> waiting = new LinkedHashMap<>();
        now.forEach(candidate -> waiting.put(candidate.fingerprint(), candidate));
        List<DeviceRow> kept = new ArrayList<>();
        for (DeviceRow row : rows) {
            // A row that says more takes more room, and would push the others: what changed comes as a row of its own.
            boolean isThere = row.candidate().equals(waiting.get(row.fingerprint()));
            kept.add(new DeviceRow(row.candidate(), isThere));
            if (isThere) {
                waiting.remove(row.fingerprint());
            }
        }
        waiting.values().stream()
                .limit(Math.max(0, MAX_ROWS - kept.size()))
                .forEach(candidate -> kept.add(new DeviceRow(candidate, true)));
        return List.copyOf(kept);
    }
}
