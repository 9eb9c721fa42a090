package dev.lp2p.gateway;

import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.Set;

/**
 * Places of TCP connections. Other users of the computer have few and none of this user's, so that they can be told that
 * they are others, and no more. Belongs to the gateway's loop.
 */
final class TcpPlaces {

    private final Set<Channel> places = new HashSet<>();
    private final Set<Channel> placesOfOthers = new HashSet<>();

    /**
     * Takes a place for as long as the channel is open.
     *
     * @return false if there is none, and the channel is closed
     */
    boolean enter(Channel channel) {
        return enter(places, Limits.TCP_CONNECTIONS, channel);
    }

    /** It turned out to be another user's; likewise. */
    boolean enterAsAnother(Channel channel) {
        places.remove(channel);
        return enter(placesOfOthers, Limits.TCP_CONNECTIONS_OF_OTHERS, channel);
    }

    private static boolean enter(Set<Channel> places, int most, Channel channel) {
        if (places.size() >= most) {
            channel.close();
            return false;
        }
        places.add(channel);
        channel.closeFuture().addListener(closed -> places.remove(channel));
        return true;
    }
}
