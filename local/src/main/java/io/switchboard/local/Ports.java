package io.switchboard.local;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Which loopback port each part listens on.
 *
 * @param database PostgreSQL's, where the launcher runs it
 * @param http the services' public ports
 * @param management the services' ports for health and metrics
 */
public record Ports(int database, Map<Service, Integer> http, Map<Service, Integer> management) {
    static final String DATABASE_VARIABLE = "SWITCHBOARD_DB_PORT";
    private static final int DATABASE_DEFAULT = 5433;
    private static final int MANAGEMENT_OFFSET = 1000;
    private static final int WEBHOOKS_OFFSET = 2000;

    public int http(Service service) {
        return http.get(service);
    }

    public int management(Service service) {
        return management.get(service);
    }

    /**
     * Where a program on this machine may receive webhooks, as the demo does: voice-service sends them there, although it is no public
     * address.
     */
    public int webhooks() {
        return http(Service.VOICE) + WEBHOOKS_OFFSET;
    }

    public String url(Service service) {
        return "http://127.0.0.1:" + http(service);
    }

    /**
     * What the environment asks for, else what a part that is running has, else the usual ports.
     *
     * @param running the public port of a service that is running, or null
     */
    static Ports wanted(Map<String, String> environment, Function<Service, Integer> running, Integer runningDatabase) {
        Map<Service, Integer> http = new EnumMap<>(Service.class);
        Map<Service, Integer> management = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            int port = pick(environment, service.portVariable(), running.apply(service), service.defaultPort());
            http.put(service, port);
            management.put(service, port + MANAGEMENT_OFFSET);
        }
        return new Ports(
                pick(environment, DATABASE_VARIABLE, runningDatabase, DATABASE_DEFAULT),
                Map.copyOf(http),
                Map.copyOf(management));
    }

    /**
     * Ports that are free at this moment, for tests; below those that systems give to outgoing connections, of which
     * one might take such a port while its service is down.
     */
    public static Ports free() {
        Set<Integer> chosen = new HashSet<>();
        Map<Service, Integer> http = new EnumMap<>(Service.class);
        Map<Service, Integer> management = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            http.put(service, free(chosen));
            management.put(service, free(chosen));
        }
        return new Ports(free(chosen), Map.copyOf(http), Map.copyOf(management));
    }

    private static int free(Set<Integer> chosen) {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (!PortCheck.isTaken(port) && !PortCheck.isTaken(port + WEBHOOKS_OFFSET) && chosen.add(port)) {
                return port;
            }
        }
    }

    private static int pick(Map<String, String> environment, String variable, Integer running, int usual) {
        String asked = environment.get(variable);
        if (asked == null || asked.isBlank()) {
            return running != null ? running : usual;
        }
        try {
            int port = Integer.parseInt(asked.strip());
            if (port > 0 && port + WEBHOOKS_OFFSET <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // answered below
        }
        throw new Refusal(variable + "=" + asked + " is not a port between 1 and " + (65535 - WEBHOOKS_OFFSET) + ".");
    }
}
