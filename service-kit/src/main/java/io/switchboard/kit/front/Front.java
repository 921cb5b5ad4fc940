package io.switchboard.kit.front;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.ClientAddress;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Knows every connection to the service, whatever its port, and what they hold together. */
@Singleton
public class Front {
    private static final int SWEEP_MILLIS = 500;
    private static final String REFUSED = "switchboard.front.refused";

    private final FrontLimits limits;
    private final ClientAddress addresses;
    private final BodyBudget bodies;
    private final Set<FrontConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger managementOpen = new AtomicInteger();
    /** Has no more entries than there are connections. */
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();

    private final PendingAnswers answers;
    private @Nullable MeterRegistry meters;

    Front(FrontLimits limits, ClientAddress addresses) {
        this.limits = limits;
        this.addresses = addresses;
        this.bodies = new BodyBudget(limits);
        this.answers = new PendingAnswers(limits, connections);
    }

    void start(@Observes StartupEvent event, Vertx vertx, MeterRegistry registry) {
        meters = registry;
        registry.gauge("switchboard.front.connections", open);
        registry.gauge("switchboard.front.body.bytes", bodies, BodyBudget::held);
        registry.gauge("switchboard.front.answer.bytes", answers, PendingAnswers::bytes);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    }

    /** How many connections there are to the service's port. */
    public int connections() {
        return open.get();
    }

    /** Takes a new connection in, or does not. */
    boolean admit(Channel channel, boolean isManagement) {
        var address = isManagement ? null : address(channel);
        if (address != null && !takePlace(address)) {
            count("connections_per_address");
            return false;
        }
        var counted = isManagement ? managementOpen : open;
        var most = isManagement ? limits.managementConnections() : limits.connections();
        if (counted.incrementAndGet() > most && (isManagement || !makeRoom())) {
            counted.decrementAndGet();
            if (address != null) {
                givePlace(address);
            }
            count("connections");
            return false;
        }
        var connection = new FrontConnection(this, channel, address);
        channel.attr(FrontConnection.KEY).set(connection);
        channel.closeFuture().addListener(closed -> {
            counted.decrementAndGet();
            forget(connection);
        });
        return true;
    }

    /** A client that has something to ask goes before those that only wait. Closing takes a moment: a few may be over meanwhile. */
    private boolean makeRoom() {
        if (open.get() > limits.connections() + limits.connections() / 10 + 1) {
            return false;
        }
        var longest = connections.stream()
                .filter(connection -> connection.waiting.mayLeave())
                .min(Comparator.comparing((FrontConnection connection) -> connection.waiting.hasAsked())
                        .thenComparing(connection -> connection.waiting.since()));
        longest.ifPresent(FrontConnection::makeWay);
        return longest.isPresent();
    }

    void register(FrontConnection connection) {
        connections.add(connection);
    }

    /** Null for a listed proxy, and for a channel without an address. */
    private @Nullable String address(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress socket)) {
            return null;
        }
        var address = socket.getAddress().getHostAddress();
        return addresses.isProxy(address) ? null : ClientAddress.network(address);
    }

    private void forget(FrontConnection connection) {
        connections.remove(connection);
        if (connection.address != null) {
            givePlace(connection.address);
        }
    }

    /** For a request that comes by a listed proxy. */
    public boolean takePlace(String address) {
        if (perAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
            givePlace(address);
            return false;
        }
        return true;
    }

    public void givePlace(String address) {
        perAddress.computeIfPresent(address, (key, taken) -> taken > 1 ? taken - 1 : null);
    }

    /** Closes a request's connection at once, whatever of its answer the client has not read. */
    public void cutOff(RoutingContext request, String reason) {
        count(reason);
        var connection = request.request().connection();
        var fronted = connection instanceof ConnectionBase base ? FrontConnection.of(base.channel()) : null;
        if (fronted == null) {
            connection.close();
        } else {
            fronted.cutOff();
        }
    }

    private void sweep() {
        var now = now();
        for (var connection : connections) {
            var loop = connection.channel.eventLoop();
            if (loop.inEventLoop()) {
                FrontSweep.check(connection, now);
            } else {
                loop.execute(() -> FrontSweep.check(connection, now));
            }
        }
    }

    void countRefusal(Problem problem) {
        count(problem.type());
    }

    void count(String reason) {
        if (meters != null) {
            meters.counter(REFUSED, "reason", reason).increment();
        }
    }

    FrontLimits limits() {
        return limits;
    }

    BodyBudget bodies() {
        return bodies;
    }

    PendingAnswers answers() {
        return answers;
    }

    long now() {
        return System.nanoTime();
    }
}
