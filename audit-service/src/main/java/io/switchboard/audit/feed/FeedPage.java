package io.switchboard.audit.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.audit.log.AuditRecord;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Records that follow each other in the organization's tree.
 *
 * @param next the parameter {@code after} of the request for those that follow; null while nothing is sealed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FeedPage(
        List<AuditRecord> items,
        @Schema(examples = "1041") @Nullable Long next) {

    /** Whether it shows more than how the feed itself was read, which would go on for ever. */
    boolean isNews() {
        return items.stream()
                .anyMatch(record -> !record.service().equals("audit-service")
                        || record.newData() == null
                        || !record.newData().contains(FeedQuery.MARK));
    }
}
