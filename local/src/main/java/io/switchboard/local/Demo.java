package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Plays the main job through the real HTTP API and prints what a person would want to see of it. */
final class Demo {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LOOK_EVERY_MILLIS = 25;

    private final Layout layout;
    private final Ports ports;
    private final Api anonymous;
    private final DemoPrint print;

    Demo(Layout layout, Ports ports, DemoPrint print) {
        this.layout = layout;
        this.ports = ports;
        this.anonymous = new Api(ports, null);
        this.print = print;
    }

    /** Fails with words for a person when something does not come. */
    void play() {
        try (WebhookListener listener = WebhookListener.on(ports.webhooks())) {
            play(listener);
        }
    }

    private void play(WebhookListener listener) {
        print.title("Who");
        DemoTenant tenant = DemoTenant.signUp(anonymous, "Acme Dental", "Ada");
        DemoTenant stranger = DemoTenant.signUp(anonymous, "Globex", "Hank");
        print.fact("organization", tenant.name() + ", signed up by " + tenant.email());
        DemoClient client = makeClient(tenant);
        DemoEndpoint vapi = endpoint(tenant, "vapi");
        DemoEndpoint twilio = endpoint(tenant, "twilio");
        DemoBooking booking = new DemoBooking(tenant, listener, layout.mail(), print);
        booking.prepare();
        DemoFrontDesk desk = DemoFrontDesk.open(tenant, client, print);

        print.title("What the providers deliver, signed as they sign it");
        DemoCalls calls = new DemoCalls();
        calls.missed().forEach(delivery -> deliver(delivery, twilio));
        calls.answered()
                .forEach(delivery -> deliver(delivery, delivery.provider().equals("vapi") ? vapi : twilio));
        long delivered = System.nanoTime();

        JsonNode call = showCall(tenant, calls, delivered);
        JsonNode contact = showContact(tenant, delivered);
        showNotification(tenant, delivered);
        showAudit(tenant, call, contact, delivered);

        String email = booking.awaitWebhooks(contact);
        booking.awaitFreeTimes();
        print.title("A conversation: the voice agent answers, and uses its tools");
        DemoConversation.Held held = new DemoConversation(vapi, desk, print).play();
        booking.show(contact, email, held.bookedAt());
        JsonNode ticket = new DemoOutcome(tenant, client, desk, held, print).show();
        showStranger(stranger, call, contact, ticket);
        new DemoAudit(tenant, layout, print).show();
    }

    private DemoClient makeClient(DemoTenant tenant) {
        DemoClient client = DemoClient.add(tenant, anonymous, "Northside Clinic");
        print.fact("PIN client", client.name() + ", signed in with its PIN " + client.pin());
        new DemoSignIn(tenant.name(), tenant.email(), tenant.password(), client.name(), client.pin())
                .write(layout.demo());
        return client;
    }

    private DemoEndpoint endpoint(DemoTenant tenant, String provider) {
        DemoEndpoint endpoint = DemoEndpoint.add(tenant, anonymous, provider);
        print.fact(provider + " endpoint", endpoint.url());
        return endpoint;
    }

    private void deliver(SampleDelivery delivery, DemoEndpoint endpoint) {
        print.delivered(delivery, endpoint.deliver(delivery));
    }

    private JsonNode showCall(DemoTenant tenant, DemoCalls calls, long delivered) {
        JsonNode listed = wait(
                "the call with its report",
                () -> find(
                        tenant.api().read(Service.VOICE, "/api/calls"),
                        call -> call.path("providerCallId").asText().equals(calls.answeredId())
                                && call.path("status").asText().equals("ended")
                                && call.path("summary").isTextual()));
        String path = "/api/calls/" + listed.path("id").asText();
        JsonNode call = wait("the carrier's two legs of the call, both over", () -> {
            JsonNode shown = tenant.api().read(Service.VOICE, path);
            boolean areOver = shown.path("legs").findValues("durationSeconds").stream()
                            .filter(JsonNode::isNumber)
                            .count()
                    == 2;
            return areOver ? shown : null;
        });
        print.title("One call with two legs: Vapi told of it, and Twilio beneath it", delivered);
        print.call(call);
        wait("a list of the answered call and the missed one, and of nothing else", () -> {
            JsonNode all = tenant.api().read(Service.VOICE, "/api/calls").path("items");
            return all.size() == 2 ? all : null;
        });
        print.line("GET /api/calls lists it once, beside the missed call");
        return listed;
    }

    private JsonNode showContact(DemoTenant tenant, long delivered) {
        String path = "/api/contacts?phone=" + URLEncoder.encode(DemoCalls.CALLER, StandardCharsets.UTF_8);
        JsonNode contact = wait(
                "the caller as a contact",
                () -> find(tenant.api().read(Service.CRM, path), one -> one.path("lastContactAt")
                        .isTextual()));
        print.title("The contact", delivered);
        print.contact(contact);
        return contact;
    }

    private void showNotification(DemoTenant tenant, long delivered) {
        JsonNode notification = wait(
                "a notification of the missed call",
                () -> find(
                        tenant.api().read(Service.CRM, "/api/notifications"),
                        one -> one.path("type").asText().equals("missed_call")));
        print.title("The notification, for the call that nobody answered", delivered);
        print.notification(notification);
    }

    private void showAudit(DemoTenant tenant, JsonNode call, JsonNode contact, long delivered) {
        List<JsonNode> records = new java.util.ArrayList<>();
        for (JsonNode thing : List.of(call, contact)) {
            String path = "/api/audit/logs?resourceId=" + thing.path("id").asText();
            JsonNode items = wait("audit records of the call and the contact", () -> {
                JsonNode found = tenant.api().read(Service.AUDIT, path).path("items");
                return found.isEmpty() ? null : found;
            });
            items.forEach(records::add);
        }
        print.title("The audit trail", delivered);
        print.audit(records);
    }

    private void showStranger(DemoTenant stranger, JsonNode call, JsonNode contact, JsonNode ticket) {
        print.title("What another organization, " + stranger.name() + ", sees of it");
        print.seen(stranger.api(), Service.VOICE, "/api/calls");
        print.seen(stranger.api(), Service.VOICE, "/api/agents");
        print.seen(stranger.api(), Service.CRM, "/api/contacts");
        print.seen(stranger.api(), Service.CRM, "/api/appointments");
        print.seen(stranger.api(), Service.CRM, "/api/tickets");
        print.seen(stranger.api(), Service.CRM, "/api/notifications");
        print.seen(
                stranger.api(),
                Service.AUDIT,
                "/api/audit/logs?resourceId=" + call.path("id").asText());
        print.refused(
                stranger.api(), Service.VOICE, "/api/calls/" + call.path("id").asText());
        print.refused(
                stranger.api(),
                Service.CRM,
                "/api/contacts/" + contact.path("id").asText());
        print.refused(
                stranger.api(), Service.CRM, "/api/tickets/" + ticket.path("id").asText());
    }

    /** The first such item of a list, or null. */
    static JsonNode find(JsonNode list, Predicate<JsonNode> wanted) {
        for (JsonNode item : list.path("items")) {
            if (wanted.test(item)) {
                return item;
            }
        }
        return null;
    }

    /** What is looked for, once it is not null. */
    static <T> T wait(String what, Supplier<T> look) {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            T found = look.get();
            if (found != null) {
                return found;
            }
            pause();
        }
        throw new Refusal("Waited " + PATIENCE_MILLIS / 1000 + " s for " + what + ", and it did not come.\n"
                + "The services' logs are in .switchboard/log/; ./switchboard status shows how they stand.");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
