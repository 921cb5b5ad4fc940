package io.switchboard.crm;

import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.PeerSender;
import io.switchboard.kit.peer.Peer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The peers that this service owes calls to: voice-service is told of merged contacts, and of events. */
class CrmPeerSenders {

    @Produces
    @Singleton
    @Named("voice-service")
    OutboxSender toVoice(Peer peer) {
        return new PeerSender("voice-service", peer);
    }
}
