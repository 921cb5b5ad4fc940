package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import java.util.UUID;

/** One kind of what happened with contacts. Every bean of this type takes part in the timeline. */
public interface TimelineSource {
    /** The {@code kind} of its items: small letters, in cursors too. */
    String kind();

    /** What the timeline calls them where they are missing, such as {@code calls}. */
    String plural();

    /**
     * A contact's items, newest first by time and id, those after the page's cursor ({@code Cursor.at(at, id)}). It may end early, with
     * a {@code nextCursor}. Fails with {@code contact_not_found} where it knows contacts, and with
     * {@link io.switchboard.kit.peer.PeerAway} if the items cannot be had now: then the timeline goes without.
     */
    Uni<PageOf<TimelineItem>> list(CallerContext caller, UUID contactId, Page page);
}
