package io.switchboard.crm.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of a contact's timeline. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimelinePage(
        List<TimelineItem> items,
        @Nullable String nextCursor,

        @Schema(description = "Kinds of which this page has none since their service is away", examples = "[\"calls\"]")
        List<String> missing) {}
