package io.switchboard.voice;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Lists a port of this machine as a place that webhooks may go to; {@link Receiver} listens there. */
public class ReceiverPlace implements QuarkusTestResourceLifecycleManager {
    static final String PORT = "switchboard.test.receiver-port";

    @Override
    public Map<String, String> start() {
        var port = Integer.toString(freePort());
        return Map.of(PORT, port, "switchboard.outgoing.allowed", "127.0.0.1:" + port);
    }

    /** None of those that systems give out: other servers of the test begin at the same time. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }

    @Override
    public void stop() {}
}
