package io.switchboard.local;

import java.util.Collection;

/** Finds what would keep the suite from starting, while nothing has been started yet. */
final class Obstacles {
    private final Ports ports;
    private final PortCheck check = new PortCheck();

    Obstacles(Ports ports) {
        this.ports = ports;
    }

    /** @param postgres null where a server is named */
    void refuse(Postgres postgres, Collection<ServiceProcess> services) {
        if (postgres != null) {
            look(postgres);
        }
        services.forEach(this::look);
        check.refuseIfTaken();
    }

    private void look(Postgres postgres) {
        Integer running = postgres.runningPort().orElse(null);
        if (running == null) {
            check.wants("PostgreSQL", ports.database(), Ports.DATABASE_VARIABLE);
        } else {
            refuseMove("PostgreSQL", running, ports.database());
        }
    }

    private void look(ServiceProcess process) {
        Service service = process.service();
        Integer running = process.running().map(PidFile::port).orElse(null);
        if (running == null) {
            process.refuseIfNotBuilt();
            check.wants(service.module(), ports.http(service), service.portVariable());
            check.wants(service.module() + " (health)", ports.management(service), service.portVariable());
        } else {
            refuseMove(service.module(), running, ports.http(service));
        }
    }

    private static void refuseMove(String part, int running, int wanted) {
        if (running != wanted) {
            throw new Refusal(part + " runs on port " + running + ", not on " + wanted
                    + ". To move it, ./switchboard down comes first.");
        }
    }
}
