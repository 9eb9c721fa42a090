package dev.lp2p.agent.command;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.PeerChoice;
import dev.lp2p.agent.event.Event;
import dev.lp2p.terminal.Amounts;
import dev.lp2p.terminal.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Chooses the device that the command line names, once it is there. */
record ChooseByName(CommandContext context, String wanted, Collection<Device> known, Duration patience)
        implements PeerChooser {

    @Override
    public CompletionStage<Optional<ChosenPeer>> choose(PeerChoice choice) {
        context.say("Looking for '" + wanted + "' …");
        Instant start = Instant.now();
        DeviceWatch watch = new DeviceWatch(wanted, known, patience, context.loop());
        choice.onChange(candidates -> watch.update(Candidates.devices(candidates)));
        return watch.result().thenApply(device -> {
            found(device, Duration.between(start, Instant.now()));
            return Candidates.of(device, choice.candidates());
        });
    }

    private void found(Device device, Duration time) {
        context.emit(new Event.Found(device.name(), device.fingerprint().value(), device.known()));
        context.say("Found '" + device.shownName() + "' (" + device.shortFingerprint() + ", " + device.standing()
                + ") in " + Amounts.time(time) + ".");
    }
}
