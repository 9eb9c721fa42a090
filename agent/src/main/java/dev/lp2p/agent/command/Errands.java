package dev.lp2p.agent.command;

import dev.lp2p.agent.control.Errand;

/** Does what a command is for, wherever that is. */
final class Errands {

    private Errands() {}

    static ExitStatus run(Errand errand, CommandContext context) {
        if (errand instanceof Errand.Send send) {
            return new SendRun(context, send).run();
        }
        if (errand instanceof Errand.Receive receive) {
            return new ReceiveRun(context, receive).run();
        }
        if (errand instanceof Errand.Discover discover) {
            return new DiscoverRun(context, discover).run();
        }
        if (errand instanceof Errand.Peers) {
            return new PeersRun(context).run();
        }
        if (errand instanceof Errand.Grants) {
            return new GrantsRun(context).list();
        }
        if (errand instanceof Errand.Revoke revoke) {
            return new GrantsRun(context).revoke(revoke.device());
        }
        if (errand instanceof Errand.RemoveRule rule) {
            return new GrantsRun(context).removeRule(rule.origin());
        }
        if (errand instanceof Errand.Forget forget) {
            return new ForgetRun(context).one(forget.device());
        }
        return new ForgetRun(context).all(((Errand.ForgetAll) errand).yes());
    }
}
