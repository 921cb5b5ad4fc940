package io.switchboard.crm.notification;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two replicas, devices that come and go, and writers that commit late: nothing is lost, and nothing goes astray. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StreamDeliveryTest {
    private static final String PATH = "/api/notifications/stream";
    private static final int STEPS = 120;

    @Test
    void every_device_gets_each_notification_of_its_user_alone() {
        var random = new Random(17);
        var acme = UUID.randomUUID();
        var ada = new User(Colleagues.joined("agent", acme));
        var eve = new User(Colleagues.joined("agent", acme));
        var stranger = new User(Colleagues.joined("agent", UUID.randomUUID()));
        var users = List.of(ada, eve, stranger);
        try (var replica = new StreamReplica(StreamReplica.Limits.USUAL)) {
            var ports = List.of(RestAssured.port, replica.port());
            var devices = new ArrayList<Device>();
            users.forEach(user -> {
                for (int i = 0; i < 3; i++) {
                    devices.add(new Device(user, ports));
                }
            });
            devices.forEach(device -> device.connect(random));
            users.forEach(User::notifyOnce);
            await().atMost(ofSeconds(20))
                    .untilAsserted(() -> devices.forEach(Device::hasAll)); // then each has a last event
            var open = new ArrayList<SqlSession>();
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> open.add(users.get(random.nextInt(3)).begin());
                    case 3, 4 -> commit(open, random.nextInt(open.size() + 1));
                    default -> devices.get(random.nextInt(devices.size())).connect(random);
                }
                if (open.size() > 5) {
                    commit(open, 0); // the oldest, as transactions do not last
                }
            }
            while (!open.isEmpty()) {
                commit(open, 0);
            }
            await().atMost(ofSeconds(20)).untilAsserted(() -> devices.forEach(Device::hasAll));
            devices.forEach(Device::close);
        }
    }

    private static void commit(List<SqlSession> open, int which) {
        if (which < open.size()) {
            try (var session = open.remove(which)) {
                session.commit();
            }
        }
    }

    /** Whose notifications are counted. */
    private static final class User {
        private final Caller caller;
        private final Set<String> made = new TreeSet<>();

        User(Caller caller) {
            this.caller = caller;
        }

        void notifyOnce() {
            try (var session = begin()) {
                session.commit();
            }
        }

        /** A notification that is not committed yet. */
        SqlSession begin() {
            var session = Sql.app(caller.orgId(), caller.id(), "service").open();
            var ids =
                    session.value(("select array_to_string(create_notification('%s', null, 'system_alert', 'Late', 'x',"
                                    + " null, null, null, null), ',')")
                            .formatted(caller.id()));
            made.add(ids);
            return session;
        }
    }

    /** Goes on where it was, at either replica. */
    private static final class Device {
        private final User user;
        private final List<Integer> ports;
        private final List<String> received = new ArrayList<>();
        private EventListener stream;

        Device(User user, List<Integer> ports) {
            this.user = user;
            this.ports = ports;
        }

        void connect(Random random) {
            close();
            var last = received.isEmpty() ? null : received.get(received.size() - 1);
            stream = EventListener.open(ports.get(random.nextInt(ports.size())), PATH, user.caller.token(), last);
            await().pollInterval(ofMillis(5)).until(() -> stream.status() > 0);
            assertEquals(200, stream.status());
        }

        void hasAll() {
            var all = new HashSet<>(received);
            all.addAll(stream.ids());
            assertEquals(user.made, new TreeSet<>(all));
        }

        void close() {
            if (stream != null) {
                stream.close();
                await().pollInterval(ofMillis(5)).until(stream::isOver);
                received.addAll(stream.ids());
            }
        }
    }
}
