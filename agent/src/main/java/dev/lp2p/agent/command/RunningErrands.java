package dev.lp2p.agent.command;

import dev.lp2p.agent.control.ControlRequest;
import dev.lp2p.agent.control.Conversation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the agent does for its user's commands now; all of it ends with the agent. */
final class RunningErrands implements AutoCloseable {

    private final SharedAgent agent;
    private final Set<ErrandForCaller> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RunningErrands(SharedAgent agent) {
        this.agent = agent;
    }

    /** Returns once it is over. */
    void run(ControlRequest.Run asked, Conversation conversation) {
        ErrandForCaller errand = new ErrandForCaller(agent, asked, conversation);
        running.add(errand);
        try {
            if (closed) {
                errand.close();
            }
            errand.run();
        } finally {
            running.remove(errand);
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(ErrandForCaller::close);
    }
}
