package dev.lp2p.osp.message;

/** How an authentication ended, in the sender's view. Informative: each side verifies for itself. */
public record AuthStatus(AuthStatusResult result) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.AUTH_STATUS;
    }
}
