package io.switchboard.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Refuses ports that another program uses, before anything is started. */
final class PortCheck {
    private static final int CONNECT_MILLIS = 200;

    private final List<String> complaints = new ArrayList<>();

    void wants(String part, int port, String variable) {
        if (isTaken(port)) {
            complaints.add(
                    "Port " + port + " is taken, and " + part + " wants it. Choose another with " + variable + ".");
        }
    }

    /** Fails when a wanted port is taken, naming all of them. */
    void refuseIfTaken() {
        if (!complaints.isEmpty()) {
            throw new Refusal(String.join("\n", complaints)
                    + "\nNothing was started. Either stop what uses the port, or for example: "
                    + "SWITCHBOARD_CRM_PORT=8182 ./switchboard up");
        }
    }

    static boolean isTaken(int port) {
        InetAddress loopback = loopback();
        // Asking first: some systems let a second one bind 127.0.0.1 beside a listener on all addresses.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            // it may still be bound
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback, port));
            return false;
        } catch (IOException bound) {
            return true;
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
