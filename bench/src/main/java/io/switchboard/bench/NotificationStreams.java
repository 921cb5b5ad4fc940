package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** W7: what a thousand open streams of notifications hold, and how soon an event is with all that wait for it. */
final class NotificationStreams {
    private static final int STREAMS = 1_000;
    private static final int OF_EACH_USER = 5;
    private static final double MOST_MIB = 100;
    private static final double MOST_MILLIS = 500;
    private static final int EVENTS_A_SECOND = 2;
    private static final int REST_SECONDS = 10;

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final Load events = new Load();

    NotificationStreams(OwnSuite suite, Options options, Tenants tenants) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants.now();
    }

    void measure(Results results) {
        Say.line("W7 inviting people for " + STREAMS + " streams");
        List<byte[]> requests = requests();
        Pause.seconds(REST_SECONDS);
        double before = Proc.pssMiB(suite.pid(Service.CRM));
        Say.line("W7 opening " + STREAMS + " streams");
        try (OpenStreams streams = OpenStreams.open(suite.address(Service.CRM), requests, this::arrived)) {
            Pause.seconds(REST_SECONDS);
            int open = streams.open();
            double after = Proc.pssMiB(suite.pid(Service.CRM));
            Say.line("W7 notifying the users of " + open + " streams");
            int sent = announce();
            double loaded = Proc.pssMiB(suite.pid(Service.CRM));
            long missing = expected(open, sent) - events.succeeded();
            results.figures()
                    .addAll(List.of(
                            Figure.atMost(
                                    MOST_MIB,
                                    "W7 more memory of crm-service with %,d streams open".formatted(open),
                                    after - before,
                                    "%.0f MiB"),
                            Figure.shown("W7 the same after their events", loaded - before, "%.0f MiB"),
                            Figure.atMost(
                                    MOST_MILLIS,
                                    "W7 from the request to each of %,d events, p99".formatted(events.succeeded()),
                                    events.millis(99),
                                    "%.0f ms"),
                            Figure.shown("W7 the same, p50", events.millis(50), "%.0f ms"),
                            Figure.atMost(0, "W7 events that did not come", missing, "%.0f")));
        }
    }

    /** Each contact is announced to all users of its organization, on each of their streams. */
    private long expected(int open, int sent) {
        return (long) sent * open / tenants.size();
    }

    private List<byte[]> requests() {
        int users = STREAMS / OF_EACH_USER / tenants.size();
        String url = suite.url(Service.CRM) + "/api/notifications/stream";
        List<byte[]> requests = new ArrayList<>();
        for (String token : Colleagues.join(suite, tenants, users)) {
            for (int i = 0; i < OF_EACH_USER; i++) {
                requests.add(HttpText.stream(url, token));
            }
        }
        return requests;
    }

    /** Adds hot contacts to one tenant after the other. What is measured begins before the commit, with the request. */
    private int announce() {
        int all = options.seconds() * EVENTS_A_SECOND / tenants.size() * tenants.size();
        for (int i = 0; i < all; i++) {
            Tenants.Tenant tenant = tenants.get(i % tenants.size());
            sentAt.put((long) i, System.nanoTime());
            Api.post(
                    suite.url(Service.CRM) + "/api/contacts",
                    tenant.accessToken(),
                    Map.of("name", OpenStreams.MARK + i, "leadScore", "hot"));
            Pause.millis(1_000 / EVENTS_A_SECOND);
        }
        Pause.seconds(REST_SECONDS);
        return all;
    }

    private void arrived(long number) {
        events.success(System.nanoTime() - sentAt.get(number));
    }
}
