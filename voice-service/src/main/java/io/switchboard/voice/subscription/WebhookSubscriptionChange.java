package io.switchboard.voice.subscription;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What can be changed of a webhook subscription. */
public record WebhookSubscriptionChange(
        @NotNull
        @NullOrNotBlank
        @Size(max = WebhookSubscriptionForm.MOST_URL)
        @Schema(examples = "https://hooks.example.com/switchboard")
        String url,

        @NotNull
        @Size(min = 1, max = WebhookSubscriptionForm.MOST_EVENTS)
        @Schema(examples = "contact.created", description = WebhookSubscriptionForm.EVENTS)
        List<@NotNull @Size(max = 100) String> events,

        @Nullable
        @NullOrNotBlank
        @Size(max = WebhookSubscriptionForm.MOST_DESCRIPTION)
        @Schema(examples = "Our data warehouse")
        String description,

        @NotNull SubscriptionStatus status) {}
