package dev.lp2p.osp.message;

/** A message of the origins extension, which only a peer with {@link AgentCapability#ORIGINS} sends. */
public sealed interface ConnectionMessage extends Message
        permits Lp2pConnectRequest, Lp2pConnectResponse, Lp2pCloseEvent, Lp2pStreamEnd {}
