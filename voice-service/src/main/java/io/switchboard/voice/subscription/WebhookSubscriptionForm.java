package io.switchboard.voice.subscription;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook subscription to create. */
public record WebhookSubscriptionForm(
        @NotNull
        @NullOrNotBlank
        @Size(max = MOST_URL)
        @Schema(
                examples = "https://hooks.example.com/switchboard",
                description = "http or https, port 80 or 443, at a public address")
        String url,

        @NotNull @Size(min = 1, max = MOST_EVENTS) @Schema(examples = "contact.created", description = EVENTS)
        List<@NotNull @Size(max = 100) String> events,

        @Nullable @NullOrNotBlank @Size(max = MOST_DESCRIPTION) @Schema(examples = "Our data warehouse")
        String description) {

    static final int MOST_URL = 2_000;
    static final int MOST_EVENTS = 50;
    static final int MOST_DESCRIPTION = 500;
    static final String EVENTS = "contact.created, .updated, .merged or .erased; appointment.booked, .rescheduled,"
            + " .cancelled, .completed or .no_show; ticket.created or .updated; notification.created; call.started,"
            + " .ended, .analyzed or .recording_ready";
}
