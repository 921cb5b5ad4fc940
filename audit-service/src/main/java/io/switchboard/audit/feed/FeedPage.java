package io.switchboard.audit.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.audit.log.AuditRecord;
import io.switchboard.audit.tree.SealedPage;
import io.switchboard.audit.tree.SealedRecord;
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

    /** Its first records; those that are gone are not among them. */
    static FeedPage of(SealedPage page, int limit) {
        var kept = page.records().stream()
                .filter(record -> record.record() != null)
                .toList();
        var shown = kept.subList(0, Math.min(limit, kept.size()));
        long next = shown.size() < kept.size() ? shown.get(limit - 1).sequence() : page.next() - 1;
        return new FeedPage(shown.stream().map(SealedRecord::record).toList(), next < 0 ? null : next);
    }

    /** Whether it shows more than how the feed itself was read, which would go on for ever. */
    boolean isNews() {
        return items.stream()
                .anyMatch(record -> !record.service().equals("audit-service")
                        || record.newData() == null
                        || !record.newData().contains(FeedQuery.MARK));
    }
}
