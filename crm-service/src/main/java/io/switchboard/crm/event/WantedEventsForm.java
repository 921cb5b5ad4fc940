package io.switchboard.crm.event;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The events that an organization's webhook subscriptions ask for.
 *
 * @param types may have some that this service does not know (yet): it never sends those
 * @param version orders pushes that overtake each other
 */
public record WantedEventsForm(
        @NotNull @Size(max = 100) @Schema(examples = "[\"contact.created\", \"appointment.booked\"]")
        List<@NotNull @Size(max = 100) String> types,

        @NotNull @Min(0) Long version) {}
