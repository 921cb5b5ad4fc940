package io.switchboard.voice;

import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.PeerSender;
import io.switchboard.kit.peer.Peer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The peers that this service owes calls to: crm-service is told which of its events are wanted. */
class VoicePeerSenders {

    @Produces
    @Singleton
    @Named("crm-service")
    OutboxSender toCrm(Peer peer) {
        return new PeerSender("crm-service", peer);
    }
}
