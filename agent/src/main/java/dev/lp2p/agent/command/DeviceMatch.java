package dev.lp2p.agent.command;

import dev.lp2p.Suspicion;
import dev.lp2p.terminal.Device;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which device a person means. A name that a known device has means that device only, so that nobody gets its files by
 * taking its name; and where two devices fit, or two known ones have the name, neither is chosen.
 */
sealed interface DeviceMatch {

    /** Characters of a fingerprint from which on it is taken for one; fewer are too easily made to fit. */
    int MIN_FINGERPRINT = 8;

    /** Exactly this one. */
    record One(Device device) implements DeviceMatch {}

    /** All of these fit. */
    record Several(List<Device> devices) implements DeviceMatch {}

    /**
     * None fits.
     *
     * @param nearest whose name is not far from what was asked for
     */
    record None(Optional<Device> nearest) implements DeviceMatch {}

    /**
     * Only strangers have the name, and a known device owns it.
     *
     * @param stranger one of them
     */
    record NamesakeOnly(Device stranger) implements DeviceMatch {}

    /** This one has the name, but perhaps not rightfully. */
    record Suspicious(Device device) implements DeviceMatch {}

    /**
     * @param wanted a name or the start of a fingerprint
     * @param seen devices on the network
     * @param known devices that a person authenticated, seen or not
     */
    static DeviceMatch find(String wanted, Collection<Device> seen, Collection<Device> known) {
        List<Device> named = named(wanted, seen);
        List<Device> owners = distinct(known.stream().filter(device -> sameName(device.name(), wanted)));
        if (owners.size() > 1) {
            // Whether seen or not: a known device that turned hostile may have taken the name of one that is away.
            return new Several(distinct(Stream.concat(owners.stream(), withFingerprint(seen, wanted))));
        }
        List<Device> rightful = owners.isEmpty()
                ? named
                : named.stream().filter(device -> isAmong(owners, device)).toList();
        List<Device> fits = distinct(Stream.concat(rightful.stream(), withFingerprint(seen, wanted)));
        if (fits.size() == 1) {
            Device device = fits.get(0);
            // Of the other suspicions, the key tells who answers; and a known device may take a name that nobody has.
            boolean isNameBorrowed = device.suspicions().contains(Suspicion.LOOK_ALIKE_NAME);
            return isNameBorrowed && !hasFingerprint(device, wanted) ? new Suspicious(device) : new One(device);
        }
        if (!fits.isEmpty()) {
            return new Several(fits);
        }
        return named.isEmpty() ? new None(nearest(wanted, seen)) : new NamesakeOnly(named.get(0));
    }

    private static List<Device> named(String wanted, Collection<Device> seen) {
        List<Device> exactly = filter(seen, device -> device.name().equals(wanted));
        return exactly.isEmpty() ? filter(seen, device -> sameName(device.name(), wanted)) : exactly;
    }

    private static Stream<Device> withFingerprint(Collection<Device> seen, String wanted) {
        return seen.stream().filter(device -> hasFingerprint(device, wanted));
    }

    private static boolean hasFingerprint(Device device, String wanted) {
        return wanted.length() >= MIN_FINGERPRINT
                && device.fingerprint().value().startsWith(wanted);
    }

    private static boolean isAmong(Collection<Device> owners, Device device) {
        return owners.stream().anyMatch(owner -> owner.fingerprint().equals(device.fingerprint()));
    }

    private static boolean sameName(String one, String other) {
        return folded(one).equals(folded(other));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private static List<Device> filter(Collection<Device> devices, Predicate<Device> predicate) {
        return devices.stream().filter(predicate).toList();
    }

    private static List<Device> distinct(Stream<Device> devices) {
        return List.copyOf(devices.collect(
                        Collectors.toMap(Device::fingerprint, d -> d, (first, second) -> first, LinkedHashMap::new))
                .values());
    }

    private static Optional<Device> nearest(String wanted, Collection<Device> seen) {
        String name = folded(wanted);
        return seen.stream()
                .filter(d -> folded(d.name()).contains(name) || isNear(name, folded(d.name())))
                .min(Comparator.comparing(d -> distance(name, folded(d.name()))));
    }

    private static boolean isNear(String one, String other) {
        return distance(one, other) <= Math.max(2, one.length() / 3);
    }

    /** Levenshtein's: insertions, removals and replacements from one to the other. */
    private static int distance(String one, String other) {
        int[] costs = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[other.length()];
    }
}
