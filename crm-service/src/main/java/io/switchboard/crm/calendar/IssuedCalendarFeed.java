package io.switchboard.crm.calendar;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A new feed with its secret link, which is shown only here. */
public record IssuedCalendarFeed(
        UUID id,

        @Schema(
                description = "Only here; everyone who has it can read the appointments",
                examples =
                        "https://crm.example.com/api/appointments/feeds/AZjyxH19fFGbHi9qjUwOFwGY8sR9fXxRmx4vao1MDhg.ics")
        String url,

        @Nullable UUID assigneeId,
        OffsetDateTime createdAt) {}
