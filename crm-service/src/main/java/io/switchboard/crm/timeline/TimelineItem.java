package io.switchboard.crm.timeline;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that happened with a contact. */
public record TimelineItem(
        @Schema(description = "call, appointment, ticket or note", examples = "call")
        String kind,

        UUID id,

        @Schema(description = "When it began, begins, or was written")
        OffsetDateTime at,

        @Schema(examples = "Missed call") String title,

        @Schema(
                description = "What the kind has to tell",
                examples = "{\"direction\": \"inbound\", \"status\": \"ended\", \"durationSeconds\": 0}")
        Map<String, Object> data) {

    /** Newest first. The text of an id sorts as the database sorts the id, which its halves as numbers do not. */
    static final Comparator<TimelineItem> NEWEST_FIRST = Comparator.comparing(
                    (TimelineItem item) -> item.at().toInstant())
            .reversed()
            .thenComparing(TimelineItem::kind)
            .thenComparing(Comparator.comparing((TimelineItem item) -> item.id().toString())
                    .reversed());
}
