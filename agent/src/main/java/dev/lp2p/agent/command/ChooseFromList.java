package dev.lp2p.agent.command;

import dev.lp2p.Consent.ChosenPeer;
import dev.lp2p.PeerChoice;
import dev.lp2p.terminal.DevicePicker;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Lets the person at the terminal choose the device. */
record ChooseFromList(CommandContext context) implements PeerChooser {

    @Override
    public CompletionStage<Optional<ChosenPeer>> choose(PeerChoice choice) {
        context.say("Devices nearby, as they appear:");
        DevicePicker picker = new DevicePicker(context.screen(), context.questions());
        choice.onChange(candidates -> picker.update(Candidates.devices(candidates)));
        return picker.start()
                .thenApply(device -> Candidates.of(
                        device.orElseThrow(() -> new CommandException(
                                ExitStatus.DECLINED, "No device was chosen. '--to' names one without a list.")),
                        choice.candidates()));
    }
}
