package io.switchboard.crm.timeline;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Merges what all sources tell of a contact. */
@ApplicationScoped
class Timeline {
    private static final Logger LOG = Logger.getLogger(Timeline.class);

    private final List<TimelineSource> sources;

    Timeline(@All List<TimelineSource> sources) {
        this.sources = sources;
    }

    /** What a source told; null if it is away. */
    private record Told(TimelineSource source, @Nullable PageOf<TimelineItem> page) {
        List<TimelineItem> items() {
            return page == null ? List.of() : page.items();
        }

        boolean hasMore() {
            return page != null && page.nextCursor() != null;
        }

        /** The list has a gap after it, as the source has more that was not asked for. */
        boolean endsWith(TimelineItem item) {
            return hasMore() && items().get(items().size() - 1) == item;
        }
    }

    /** Fails with {@code contact_not_found} or {@code invalid_cursor}. */
    Uni<TimelinePage> page(CallerContext caller, UUID contactId, Page page) {
        var positions = TimelinePositions.of(page.after(), contactId);
        var limit = page.limit();
        var asked = sources.stream()
                .map(source -> ask(source, caller, contactId, Page.of(limit, positions.of(source.kind()))))
                .toList();
        return Uni.join().all(asked).andFailFast().map(told -> merge(told, contactId, limit, positions));
    }

    private static Uni<Told> ask(TimelineSource source, CallerContext caller, UUID contactId, Page page) {
        return source.list(caller, contactId, page)
                .map(items -> new Told(source, items))
                .onFailure(PeerAway.class)
                .invoke(away -> LOG.debugf("A timeline goes without %s: %s", source.plural(), away.getMessage()))
                .onFailure(PeerAway.class)
                .recoverWithItem(away -> new Told(source, null));
    }

    private static TimelinePage merge(List<Told> told, UUID contactId, int limit, TimelinePositions before) {
        var all = told.stream()
                .flatMap(each -> each.items().stream())
                .sorted(TimelineItem.NEWEST_FIRST)
                .toList();
        var shown = shown(all, told, limit);
        var hasMore = shown.size() < all.size() || told.stream().anyMatch(Told::hasMore);
        var missing = told.stream()
                .filter(each -> each.page() == null)
                .map(each -> each.source().plural())
                .sorted()
                .toList();
        return new TimelinePage(shown, hasMore ? positions(told, shown, before).cursor(contactId) : null, missing);
    }

    /** As many as the page takes, and none beyond what a source told: it may have more in between. */
    private static List<TimelineItem> shown(List<TimelineItem> all, List<Told> told, int limit) {
        var shown = new ArrayList<TimelineItem>();
        for (var item : all) {
            shown.add(item);
            if (shown.size() == limit || told.stream().anyMatch(each -> each.endsWith(item))) {
                break;
            }
        }
        return shown;
    }

    private static TimelinePositions positions(List<Told> told, List<TimelineItem> shown, TimelinePositions before) {
        var positions = before;
        for (var item : shown) {
            positions = positions.after(item);
        }
        var last = shown.get(shown.size() - 1);
        for (var each : told) {
            var kind = each.source().kind();
            if (each.page() != null && Objects.equals(positions.of(kind), before.of(kind))) {
                positions = positions.noNewer(kind, last);
            }
        }
        return positions;
    }
}
