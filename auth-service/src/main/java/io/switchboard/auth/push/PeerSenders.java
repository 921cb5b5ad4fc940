package io.switchboard.auth.push;

import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.PeerSender;
import io.switchboard.kit.peer.Peer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** One sender for each service that keeps copies. */
class PeerSenders {

    @Produces
    @Singleton
    @Named("crm-service")
    OutboxSender toCrm(Peer peer) {
        return new PeerSender("crm-service", peer);
    }

    @Produces
    @Singleton
    @Named("voice-service")
    OutboxSender toVoice(Peer peer) {
        return new PeerSender("voice-service", peer);
    }
}
