package io.switchboard.bench;

import java.util.List;

/**
 * One workload, done by the services and, beside it, by PostgreSQL alone.
 *
 * @param title what a request is
 * @param floor the least part of the limit that the services should reach; 0 for none
 * @param notes what else there is to say, a sentence each
 */
record Measured(String title, Way limit, Way service, double floor, List<String> notes) {

    Measured(String title, Way limit, Way service, List<String> notes) {
        this(title, limit, service, 0, notes);
    }

    /** One way to do it: what it reached, and what that cost. */
    record Way(String name, Load load, Cpu cpu) {
        /** Processor seconds a thousand requests: services and PostgreSQL, not the load tool. */
        double cpuPerThousand() {
            return perThousand(cpu.server() + cpu.postgres());
        }

        double perThousand(double seconds) {
            return seconds * 1_000 / load.succeeded();
        }
    }

    double ratio() {
        return service.load().perSecond() / limit.load().perSecond();
    }

    boolean missesFloor() {
        return ratio() < floor;
    }
}
