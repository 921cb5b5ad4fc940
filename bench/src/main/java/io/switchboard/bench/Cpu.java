package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.EnumMap;
import java.util.Map;

/**
 * Processor seconds of the parts of the suite: read twice, their difference is what the time between them cost.
 *
 * @param services by service; 0 of one that is stopped
 * @param postgres the server and all its sessions
 * @param tool this process, the load tool
 */
record Cpu(Map<Service, Double> services, double postgres, double tool) {

    static Cpu now(OwnSuite suite) {
        Map<Service, Double> services = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            services.put(service, suite.isStopped(service) ? 0 : Proc.cpuSeconds(suite.pid(service)));
        }
        return new Cpu(
                services,
                postgres(suite.postgres()),
                Proc.cpuSeconds(ProcessHandle.current().pid()));
    }

    Cpu since(Cpu before) {
        Map<Service, Double> used = new EnumMap<>(Service.class);
        services.forEach((service, seconds) -> used.put(service, seconds - before.services.get(service)));
        return new Cpu(used, postgres - before.postgres, tool - before.tool);
    }

    /** All services together. */
    double server() {
        return services.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Sessions hand their time over to the server process when they end, which may be between the readings: then all is read again. */
    private static double postgres(ProcessHandle server) {
        double ended = Proc.cpuSeconds(server.pid());
        while (true) {
            double alive = server.children()
                    .mapToDouble(session -> Proc.cpuSecondsIfAlive(session.pid()))
                    .sum();
            double endedNow = Proc.cpuSeconds(server.pid());
            if (endedNow == ended) {
                return ended + alive;
            }
            ended = endedNow;
        }
    }
}
