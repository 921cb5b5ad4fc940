package io.switchboard.crm.contactmerge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.contact.Contacts;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.outbox.PeerCall;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Merges in the database, and owes voice-service the same for its calls. */
@ApplicationScoped
class ContactMerges {
    private static final String MERGE = "select merge_contacts($1::uuid, $2::uuid)";

    private final CallerContext caller;
    private final Contacts contacts;
    private final Outbox outbox;

    ContactMerges(CallerContext caller, Contacts contacts, Outbox outbox) {
        this.caller = caller;
        this.contacts = contacts;
        this.outbox = outbox;
    }

    /** Inside a transaction of Hibernate's. Answers the contact that is left. */
    Uni<ContactView> merge(UUID id, UUID duplicateId) {
        return SessionSql.current().chain(session -> session.select(MERGE, id, duplicateId)
                .invoke(rows -> check((String) rows.next()[0], id))
                .chain(() -> outbox.owe(caller, session, moveCalls(id, duplicateId)))
                .chain(() -> contacts.show(caller, session.statements(), id)));
    }

    private static void check(@Nullable String refusal, UUID id) {
        if (refusal != null) {
            throw switch (refusal) {
                case "not_found" -> Problem.notFound("contact", id);
                case "same" -> Problem.conflict("same_contact", "A contact does not merge into itself.");
                case "merged" -> Problem.conflict("contact_merged", "The duplicate was merged before.");
                default -> Problem.invalid("duplicateId", "refers to something that does not exist");
            };
        }
    }

    private static PeerCall moveCalls(UUID id, UUID duplicateId) {
        return new PeerCall(
                "voice-service",
                HttpMethod.POST,
                "/internal/contacts/" + id + "/merge",
                JsonObject.of("duplicateId", duplicateId.toString()));
    }
}
