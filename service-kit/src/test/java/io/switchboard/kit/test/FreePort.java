package io.switchboard.kit.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that comes and goes. It is none of those that the system gives to clients: there a client that tries to
 * connect while the server is away may get the very port, and is connected to itself.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int FIRST_OF_CLIENTS = 32_768;

    private FreePort() {}

    public static int find() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_OF_CLIENTS);
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
        throw new IllegalStateException("No port is free");
    }
}
