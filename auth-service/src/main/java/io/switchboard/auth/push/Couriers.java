package io.switchboard.auth.push;

import io.switchboard.kit.outbox.Courier;
import io.switchboard.kit.peer.Peer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** One courier for each service that keeps copies. */
class Couriers {

    @Produces
    @Singleton
    @Named("crm-service")
    Courier toCrm(Peer peer) {
        return new PushCourier("crm-service", peer);
    }

    @Produces
    @Singleton
    @Named("voice-service")
    Courier toVoice(Peer peer) {
        return new PushCourier("voice-service", peer);
    }
}
