package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An appointment that is booked in a call, and everybody who hears of it. */
final class DemoBooking {
    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final List<String> SHOWN_OF_CALENDAR = List.of("UID", "DTSTART", "DTEND", "SUMMARY", "STATUS");
    private static final int MOST_TRIES = 30;
    private static final String BOOKING = "the booking";

    private final DemoTenant tenant;
    private final WebhookListener listener;
    private final Path mails;
    private final DemoPrint print;

    DemoBooking(DemoTenant tenant, WebhookListener listener, Path mails, DemoPrint print) {
        this.tenant = tenant;
        this.listener = listener;
        this.mails = mails;
        this.print = print;
    }

    /** What the admin sets up once: opening hours, mail for herself, and webhooks to the organization's own system. */
    void prepare() {
        Map<String, List<Map<String, String>>> hours = WEEK.stream()
                .collect(Collectors.toMap(day -> day, day -> List.of(Map.of("from", "08:00", "to", "18:00"))));
        tenant.api().patch(Service.AUTH, "/api/organization", Map.of("businessHours", hours));
        Map<String, Object> choice = Map.of("type", "appointment_booked", "channels", List.of("app", "email"));
        tenant.api().put(Service.CRM, "/api/notifications/preferences", Map.of("items", List.of(choice)));
        JsonNode subscription = tenant.api()
                .post(
                        Service.VOICE,
                        "/api/webhook-subscriptions",
                        Map.of("url", listener.url(), "events", List.of("contact.updated", "appointment.booked")));
        listener.verifyWith(subscription.path("secret").asText());
        print.fact("opening hours", "08:00 to 18:00, every day");
        print.fact("webhooks to", subscription.path("url").asText());
    }

    /** crm-service learns of the subscription a moment later: the contact is changed until its webhook comes. Answers its e-mail address. */
    String awaitWebhooks(JsonNode contact) {
        String path = "/api/contacts/" + contact.path("id").asText();
        for (int i = 1; i <= MOST_TRIES; i++) {
            String email = "caller" + i + "@" + tenant.domain();
            tenant.api().patch(Service.CRM, path, Map.of("email", email));
            if (listener.next("contact.updated", 1_000).isPresent()) {
                return email;
            }
        }
        throw new Refusal("No webhook of a changed contact came.\nThe services' logs are in .switchboard/log/");
    }

    /** The opening hours may still be on their way. */
    void awaitFreeTimes() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String path = "/api/appointments/availability?durationMinutes=30&limit=1&from=" + now + "&to="
                + now.plus(Duration.ofDays(3));
        Demo.wait("free times", () -> Demo.find(tenant.api().read(Service.CRM, path), any -> true));
    }

    /** @param email the contact's @param since {@code System.nanoTime()} when it was booked */
    void show(JsonNode contact, String email, long since) {
        JsonNode appointment = show(contact.path("id").asText(), since);
        showNotification(since);
        showMail(tenant.email(), since);
        showMail(email, since);
        showWebhook(appointment, since);
    }

    private JsonNode show(String contactId, long since) {
        JsonNode appointment = Demo.wait(
                "the appointment",
                () -> Demo.find(
                        tenant.api().read(Service.CRM, "/api/appointments?contactId=" + contactId), any -> true));
        print.title("The appointment, and its .ics", since, BOOKING);
        print.appointment(appointment);
        String file = "/api/appointments/" + appointment.path("id").asText() + ".ics";
        tenant.api().lines(Service.CRM, file).stream()
                .filter(line -> SHOWN_OF_CALENDAR.stream().anyMatch(line::startsWith))
                .forEach(print::line);
        return appointment;
    }

    private void showNotification(long since) {
        JsonNode notification = Demo.wait(
                "a notification of the booking",
                () -> Demo.find(
                        tenant.api().read(Service.CRM, "/api/notifications"),
                        one -> one.path("type").asText().equals("appointment_booked")));
        print.title("The notification of the booking", since, BOOKING);
        print.notification(notification);
    }

    private void showMail(String to, long since) {
        String mail = Demo.wait("mail to " + to, () -> mailTo(to));
        print.title("The mail to " + to + ", which landed in " + mails, since, BOOKING);
        mail.lines().filter(line -> line.startsWith("Subject: ")).limit(1).forEach(print::line);
    }

    private String mailTo(String to) {
        if (!Files.isDirectory(mails)) {
            return null;
        }
        try (Stream<Path> files = Files.list(mails)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".eml")).toList()) {
                String mail = Files.readString(file);
                if (mail.contains("To: " + to)) {
                    return mail;
                }
            }
            return null;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void showWebhook(JsonNode appointment, long since) {
        WebhookListener.Webhook webhook =
                Demo.wait("the webhook of the booking", () -> listener.next("appointment.booked", 1_000)
                        .orElse(null));
        if (!webhook.data().path("id").equals(appointment.path("id"))) {
            throw new Refusal("This must never be: the webhook is of another appointment: " + webhook.body());
        }
        print.title("The webhook to the organization's own system, signature verified", since, BOOKING);
        print.line(webhook.type() + ", webhook-id " + webhook.id());
        print.appointment(webhook.data());
    }
}
