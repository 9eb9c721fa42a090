package dev.lp2p.terminal;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.terminal.Questions.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person choose a device by its number while devices come and go. A number means one fingerprint for as long as
 * the list stands, so that nothing moves under the finger. May be told of devices from any thread.
 */
public final class DevicePicker {

    private final Screen screen;
    private final Questions questions;
    private final List<Row> rows = new ArrayList<>();
    private final CompletableFuture<Optional<Device>> choice = new CompletableFuture<>();
    private Questions.@Nullable Question question;

    public DevicePicker(Screen screen, Questions questions) {
        this.screen = screen;
        this.questions = questions;
    }

    /** Asks; the result is empty if the person chose none. Cancelling it takes the question away. */
    public CompletableFuture<Optional<Device>> start() {
        choice.whenComplete((device, failure) -> {
            if (choice.isCancelled()) {
                cancelled();
            }
        });
        ask();
        return choice;
    }

    /** @param devices all that are there now */
    public synchronized void update(List<Device> devices) {
        devices.forEach(this::found);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.present() && devices.stream().noneMatch(device -> row.isOf(device.fingerprint()))) {
                rows.set(i, new Row(row.device(), false));
                screen.say(String.format("%4d  %s is gone", i + 1, row.device().shownName()));
            }
        }
    }

    private void found(Device device) {
        OptionalInt shown = indexOf(device.fingerprint());
        if (shown.isEmpty()) {
            rows.add(new Row(device, true));
            show(rows.size() - 1);
        } else {
            Row before = rows.set(shown.getAsInt(), new Row(device, true));
            if (!before.equals(rows.get(shown.getAsInt()))) {
                show(shown.getAsInt());
            }
        }
    }

    private synchronized void ask() {
        question = questions.ask("Number of the device, or nothing to stop: ");
        question.answer().thenAccept(this::answered);
    }

    private synchronized void cancelled() {
        if (question != null) {
            question.cancel();
        }
    }

    private synchronized void answered(Answer answer) {
        if (choice.isDone()) {
            return;
        }
        if (!(answer instanceof Answer.Line line) || line.text().isEmpty()) {
            choice.complete(Optional.empty());
            return;
        }
        Optional<Row> row = row(line.text());
        if (row.isPresent() && row.get().present()) {
            choice.complete(Optional.of(row.get().device()));
            return;
        }
        screen.say(
                row.isPresent()
                        ? "That device is gone."
                        : "There is no number '" + UntrustedText.name(line.text()) + "'.");
        ask();
    }

    private Optional<Row> row(String number) {
        boolean isNumber = number.matches("[0-9]{1,4}");
        int index = isNumber ? Integer.parseInt(number) - 1 : -1;
        return index >= 0 && index < rows.size() ? Optional.of(rows.get(index)) : Optional.empty();
    }

    private void show(int index) {
        Device device = rows.get(index).device();
        screen.say(String.format(
                "%4d  %s  (%s, %s)", index + 1, device.shownName(), device.shortFingerprint(), device.standing()));
    }

    private OptionalInt indexOf(Fingerprint fingerprint) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).isOf(fingerprint)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private record Row(Device device, boolean present) {
        boolean isOf(Fingerprint fingerprint) {
            return device.fingerprint().equals(fingerprint);
        }
    }
}
