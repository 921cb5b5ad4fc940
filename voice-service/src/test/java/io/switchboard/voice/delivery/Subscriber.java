package io.switchboard.voice.delivery;

import static org.awaitility.Awaitility.await;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Receiver;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A subscription of an organization, and the system that it leads to. */
record Subscriber(Caller admin, String id, String secret, String path, Receiver receiver) {
    private static final String SUBSCRIPTIONS = "/api/webhook-subscriptions";

    static Subscriber of(Caller admin, Receiver receiver) {
        return of(admin, receiver, "contact.created");
    }

    static Subscriber of(Caller admin, Receiver receiver, String... events) {
        var path = "/" + UUID.randomUUID();
        var made = admin.post(SUBSCRIPTIONS, Map.of("url", receiver.url(path), "events", List.of(events)));
        return new Subscriber(admin, made.path("id"), made.path("secret"), path, receiver);
    }

    /** The new secret. */
    String rotate() {
        return admin.post(SUBSCRIPTIONS + "/{id}/rotate", Map.of(), id).path("secret");
    }

    void delete() {
        admin.delete(SUBSCRIPTIONS + "/{id}", id).then().statusCode(204);
    }

    /** Puts an event on its way and gives its id. */
    UUID event() {
        return events(1).get(0);
    }

    List<UUID> events(int count) {
        return Sql.superuser()
                .column("with made as (insert into subscription_deliveries"
                        + " (org_id, subscription_id, event_id, type, body)"
                        + " select '%s', '%s', gen_random_uuid(), 'contact.created', '{\"type\": \"contact.created\"}'"
                                .formatted(admin.orgId(), id)
                        + " from generate_series(1, " + count + ") returning event_id) select event_id from made")
                .stream()
                .map(UUID::fromString)
                .toList();
    }

    /** Lets time pass for deliveries that wait. */
    void comeDue() {
        Sql.superuser()
                .run("update subscription_deliveries set next_attempt_at = now() where lease is null"
                        + " and status = 'pending' and subscription_id = '" + id + "'");
    }

    void pathAnswers(int status) {
        receiver.answer(path, Receiver.Answer.of(status));
    }

    List<Receiver.Taken> taken() {
        return receiver.taken(path);
    }

    List<Receiver.Taken> awaitTaken(int count) {
        return await().until(this::taken, taken -> taken.size() >= count);
    }

    /** Until each delivery has been tried so often. */
    void awaitEachTried(int times) {
        await().until(() -> Sql.superuser()
                        .number(
                                "select coalesce(min(attempts), 0) from subscription_deliveries where subscription_id = '"
                                        + id + "'")
                >= times);
    }

    /** The only delivery, once it has been tried so often. */
    Map<String, String> awaitTries(int times) {
        awaitEachTried(times);
        return delivery();
    }

    Map<String, String> delivery() {
        return Sql.superuser()
                .row("select status, attempts, response_status, response_excerpt, error, lease,"
                        + " extract(epoch from next_attempt_at - now())::int as waits from subscription_deliveries"
                        + " where subscription_id = '" + id + "'");
    }

    Map<String, String> subscription() {
        return Sql.superuser()
                .row(
                        "select status, disabled_reason, failing_since, paused_until from webhook_subscriptions where id = '"
                                + id + "'");
    }
}
