package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.ContactNoteView;
import io.switchboard.crm.contact.ContactNotes;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.UUID;

/** The notes on a contact. */
@ApplicationScoped
class NoteItems implements TimelineSource {
    private final ContactNotes notes;

    NoteItems(ContactNotes notes) {
        this.notes = notes;
    }

    @Override
    public String kind() {
        return "note";
    }

    @Override
    public String plural() {
        return "notes";
    }

    @Override
    public Uni<PageOf<TimelineItem>> list(CallerContext caller, UUID contactId, Page page) {
        return notes.list(caller, contactId, page)
                .map(found ->
                        new PageOf<>(found.items().stream().map(this::item).toList(), found.nextCursor()));
    }

    private TimelineItem item(ContactNoteView note) {
        var data = new HashMap<String, Object>();
        data.put("content", note.content());
        data.put("authorId", note.authorId());
        return new TimelineItem(kind(), note.id(), note.createdAt(), "Note", data);
    }
}
