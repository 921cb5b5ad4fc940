package io.switchboard.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands in for a service where only its life as a process matters: it answers its health address, or dies at once. */
public final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("fake service in mode " + System.getenv("SWITCHBOARD_MODE"));
        System.out.println("heap MiB: " + Runtime.getRuntime().maxMemory() / 1024 / 1024);
        if ("yes".equals(System.getenv("FAKE_DIES"))) {
            System.out.println("cannot go on like this");
            System.exit(3);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("QUARKUS_MANAGEMENT_PORT"))), 0);
        server.createContext("/q/health/ready", FakeService::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
