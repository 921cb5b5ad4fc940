package io.switchboard.local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL and the four services together: starts what is missing, shows its state, stops it. */
public final class Suite {
    private static final Duration READY_PATIENCE = Duration.ofSeconds(120);
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final Layout layout;
    private final Ports ports;
    private final Server named;
    private final Progress progress;
    private final Secrets secrets;
    private final Postgres postgres;
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private final List<ServiceProcess> startedHere = new ArrayList<>();
    private boolean postgresStartedHere;
    private final Object stopOnce = new Object();
    private volatile boolean stopping;

    /** @param named a server to use instead of one of our own, or null */
    public Suite(Layout layout, Ports ports, Server named, Progress progress) {
        this.layout = layout;
        this.ports = ports;
        this.named = named;
        this.progress = progress;
        this.secrets = new Secrets(layout.secrets());
        this.postgres = named == null ? new Postgres(layout, ports.database(), progress) : null;
        for (Service service : Service.values()) {
            services.put(service, new ServiceProcess(layout, service));
        }
    }

    /** The suite of a data folder: ports as the environment asks, or as what runs there has them. */
    public static Suite of(Layout layout, Map<String, String> environment, Progress progress) {
        Integer database = Postmaster.read(layout.postgresData())
                .filter(postmaster -> postmaster.process().isPresent())
                .map(Postmaster::port)
                .orElse(null);
        Ports ports = Ports.wanted(
                environment,
                service -> new ServiceProcess(layout, service)
                        .running()
                        .map(PidFile::port)
                        .orElse(null),
                database);
        return new Suite(layout, ports, Server.named(environment), progress);
    }

    /** Starts whatever is not running and returns when all are ready; false if there was nothing to start. */
    public boolean up() {
        layout.create();
        return SuiteLock.holding(layout.lock(), this::startMissing);
    }

    /** Ends the services, then PostgreSQL; true if anything was running. */
    public boolean down() {
        layout.create();
        return SuiteLock.holding(layout.lock(), this::stopAll);
    }

    /** Ends one service. */
    void stop(Service service) {
        SuiteLock.holding(layout.lock(), () -> {
            stop(running(List.of(services.get(service))), false);
            return true;
        });
    }

    /** The variables with which a service is started. */
    Map<String, String> environment(Service service) {
        return new ServiceEnvironment(layout, secrets, ports, server()).of(service);
    }

    /** Ends what this object started, in the middle of {@code up} too, and nothing else. */
    public void stopStartedHere() {
        stopping = true;
        synchronized (stopOnce) {
            List<ServiceProcess> mine = startedHere();
            boolean database = forgetStarted();
            stop(running(mine), database && postgres.process().isPresent());
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** The state of each part, PostgreSQL first where it is run here. */
    public List<PartState> status() {
        List<PartState> states = new ArrayList<>();
        if (postgres != null) {
            states.add(
                    PartState.of("postgresql", postgres.process(), postgres.ready(), ports.database(), server().url()));
        }
        for (ServiceProcess process : services.values()) {
            Service service = process.service();
            states.add(PartState.of(
                    service.module(),
                    process.process(),
                    process.ready(),
                    ports.http(service),
                    URI.create(ports.url(service))));
        }
        return states;
    }

    public Server server() {
        return named != null ? named : postgres.server();
    }

    public Ports ports() {
        return ports;
    }

    public Secrets secrets() {
        return secrets;
    }

    public ServiceProcess service(Service service) {
        return services.get(service);
    }

    /** Absent when the environment names a server. */
    public Optional<Postgres> postgres() {
        return Optional.ofNullable(postgres);
    }

    synchronized List<ServiceProcess> startedHere() {
        return List.copyOf(startedHere);
    }

    private synchronized boolean forgetStarted() {
        boolean database = postgresStartedHere;
        startedHere.clear();
        postgresStartedHere = false;
        return database;
    }

    private boolean startMissing() {
        List<ServiceProcess> missing = missing();
        List<ServiceProcess> unready =
                services.values().stream().filter(process -> !process.ready()).toList();
        new Obstacles(ports).refuse(postgres, services.values());
        boolean nothingToDo = missing.isEmpty() && databaseRuns();
        if (!nothingToDo) {
            SharedClasses.makeMissing(
                    layout, missing.stream().map(ServiceProcess::service).toList(), progress);
            prepareDatabase();
            startAll(missing);
        }
        new Readiness(progress, layout).await(unready, READY_PATIENCE);
        return !nothingToDo;
    }

    private void startAll(List<ServiceProcess> missing) {
        Migrations migrations = new Migrations(layout, server(), secrets, progress);
        ServiceEnvironment environment = new ServiceEnvironment(layout, secrets, ports, server());
        for (ServiceProcess process : missing) {
            if (migrations.run(process.service())) {
                progress.step(process.service().module() + ": schema migrated");
            }
            start(process, environment);
        }
    }

    private boolean stopAll() {
        List<ServiceProcess> running = running(services.values());
        boolean database = postgres != null && postgres.process().isPresent();
        stop(running, database);
        return !running.isEmpty() || database;
    }

    private static List<ServiceProcess> running(Collection<ServiceProcess> services) {
        return services.stream()
                .filter(process -> process.process().isPresent())
                .toList();
    }

    private List<ServiceProcess> missing() {
        List<ServiceProcess> missing = new ArrayList<>();
        for (ServiceProcess process : services.values()) {
            if (process.outdated()) {
                progress.step(process.service().module() + ": built anew since it was started, so it starts again");
                stop(List.of(process), false);
            }
            if (process.process().isEmpty()) {
                missing.add(process);
            }
        }
        return missing;
    }

    private boolean databaseRuns() {
        return postgres == null || postgres.ready();
    }

    private void prepareDatabase() {
        boolean fresh = named != null;
        if (postgres != null && postgres.process().isEmpty()) {
            secrets.superuser();
            fresh = startPostgres();
        }
        List<String> notices = new Bootstrap(layout.bootstrap(), secrets).run(server());
        if (fresh) {
            notices.forEach(line -> progress.step("PostgreSQL: " + line));
        }
    }

    /** Holds the lock throughout, so that a stop runs before or after it, never between. */
    private synchronized boolean startPostgres() {
        refuseIfStopping();
        postgresStartedHere = true;
        return postgres.start();
    }

    private synchronized void start(ServiceProcess process, ServiceEnvironment environment) {
        refuseIfStopping();
        Service service = process.service();
        progress.step(service.module() + ": starting on " + ports.url(service));
        process.start(ports, environment.of(service));
        startedHere.add(process);
    }

    private void refuseIfStopping() {
        if (stopping) {
            throw new Refusal("Stopped.");
        }
    }

    private void stop(List<ServiceProcess> running, boolean database) {
        running.forEach(ServiceProcess::terminate);
        for (ServiceProcess process : running) {
            process.awaitEnd(END_PATIENCE);
            progress.step(process.service().module() + ": stopped");
        }
        if (database) {
            postgres.stop();
            progress.step("PostgreSQL: stopped");
        }
    }
}
