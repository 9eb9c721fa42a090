package dev.lp2p.agent.control;

import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.agent.control.AgentStatus.Asks;
import dev.lp2p.agent.control.ControlAnswer.Done;
import dev.lp2p.agent.control.ControlAnswer.Reason;
import dev.lp2p.agent.control.ControlAnswer.Refused;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.identity.Fingerprint;
import java.time.InstantSource;
import java.util.Optional;

/** Does what the user's commands tell a running agent. Methods may be called from any thread. */
public final class AgentControl {

    private final RequestDesk desk;
    private final Optional<Runnable> devices;
    private final String since;
    private final LocalPeerToPeerManager manager;
    private final int gatewayPort;
    private final Runnable stop;

    /**
     * @param devices shows the window of devices, where the agent asks in windows as well
     * @param stop ends the agent; does not wait for it
     */
    public AgentControl(
            RequestDesk desk,
            Optional<Runnable> devices,
            InstantSource clock,
            LocalPeerToPeerManager manager,
            int gatewayPort,
            Runnable stop) {
        this.desk = desk;
        this.devices = devices;
        this.since = clock.instant().toString();
        this.manager = manager;
        this.gatewayPort = gatewayPort;
        this.stop = stop;
    }

    public ControlAnswer answer(ControlRequest request) {
        if (request instanceof ControlRequest.Status) {
            return status();
        }
        if (request instanceof ControlRequest.Requests) {
            return new ControlAnswer.Requests(desk.list());
        }
        if (request instanceof ControlRequest.Allow allow) {
            return allow(allow);
        }
        if (request instanceof ControlRequest.Deny deny) {
            return reply(deny.id(), new Reply.Deny(deny.never()));
        }
        if (request instanceof ControlRequest.Code entered) {
            Optional<Psk> code = NumericCode.parse(entered.code());
            return code.isEmpty() ? nonsense() : reply(entered.id(), new Reply.Code(code.get()));
        }
        if (request instanceof ControlRequest.Choose choice) {
            return reply(choice.id(), new Reply.Choice(new Fingerprint(choice.device()), choice.lifetime()));
        }
        if (request instanceof ControlRequest.Show) {
            return show();
        }
        if (request instanceof ControlRequest.Stop) {
            stop.run();
            return new Done();
        }
        // Of an errand, which this connection is not.
        return nonsense();
    }

    private ControlAnswer show() {
        if (devices.isEmpty()) {
            return new Refused(
                    Reason.NO_WINDOWS,
                    "The agent that runs has no display. 'lp2p peers' and 'lp2p grants' list the same.");
        }
        devices.get().run();
        return new Done();
    }

    private ControlAnswer allow(ControlRequest.Allow allow) {
        Optional<String> to = Optional.ofNullable(allow.to());
        Optional<Origin> receiver = to.flatMap(Origin::parse);
        return to.isPresent() && receiver.isEmpty()
                ? nonsense()
                : reply(allow.id(), new Reply.Allow(allow.lifetime(), receiver));
    }

    private ControlAnswer reply(int id, Reply reply) {
        return desk.answer(id, reply)
                .<ControlAnswer>map(why -> new Refused(Reason.NOT_OPEN, why))
                .orElseGet(Done::new);
    }

    private static Refused nonsense() {
        return new Refused(Reason.UNKNOWN, "That is no code, device or origin.");
    }

    private AgentStatus status() {
        return new AgentStatus(
                ProcessHandle.current().pid(),
                manager.advertisedName().orElse(null),
                manager.fingerprint().value(),
                manager.port(),
                gatewayPort,
                since,
                devices.isPresent() ? Asks.WINDOWS : Asks.REQUESTS,
                desk.list().size(),
                manager.knownPeers().size(),
                manager.openConnections().stream()
                        .map(AgentStatus.Connection::of)
                        .toList());
    }
}
