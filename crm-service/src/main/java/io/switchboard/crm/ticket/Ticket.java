package io.switchboard.crm.ticket;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Something that a customer or a contact wants to have settled. The database numbers it and keeps its times. */
@Entity
@Table(name = "tickets")
@DynamicInsert
@DynamicUpdate
public class Ticket implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String title;
    private String description;

    @ColumnTransformer(read = "status::text", write = "?::ticket_status")
    private String status;

    @ColumnTransformer(read = "priority::text", write = "?::ticket_priority")
    private String priority;

    private UUID customerId;
    private UUID contactId;

    @Column(updatable = false)
    private UUID assignedAgentId;

    private String[] tags;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @Version
    private int version;

    protected Ticket() {} // for Hibernate

    /** A customer's is its own; an agent's is assigned to that agent, who would not see it else. */
    Ticket(CallerContext caller, TicketForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        status = TicketStatus.NEW.wire();
        title = form.title();
        description = form.description();
        priority = form.priority().wire();
        customerId = caller.role().equals("customer") ? caller.userId() : form.customerId();
        contactId = form.contactId();
        assignedAgentId = caller.role().equals("agent") ? caller.userId() : null;
        tags = form.tags().toArray(String[]::new);
        put(form.metadata());
    }

    /** The database refuses a status that it cannot go to. */
    void revise(TicketChangeForm form) {
        title = form.title();
        description = form.description();
        status = form.status().wire();
        priority = form.priority().wire();
        customerId = form.customerId();
        contactId = form.contactId();
        tags = form.tags().toArray(String[]::new);
        put(form.metadata());
    }

    private void put(@Nullable Map<String, Object> given) {
        var json = given == null ? new JsonObject() : new JsonObject(given);
        if (metadata == null || !new JsonObject(metadata).equals(json)) {
            metadata = json.encode();
        }
    }

    TicketChangeForm form() {
        return new TicketChangeForm(
                title,
                description,
                TicketStatus.of(status),
                TicketPriority.of(priority),
                List.of(tags),
                contactId,
                customerId,
                new JsonObject(metadata).getMap());
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public int version() {
        return version;
    }
}
