package io.switchboard.crm.template;

import io.switchboard.crm.assignment.AssignmentStrategy;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A text that staff answer with, and what else applying it changes of a ticket. */
@Entity
@Table(name = "response_templates")
@DynamicUpdate
public class ResponseTemplate implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String title;
    private String content;
    private UUID teamId;
    private UUID authorId;
    private String[] tags;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @ColumnTransformer(read = "set_status::text", write = "?::ticket_status")
    private String setStatus;

    @ColumnTransformer(read = "set_priority::text", write = "?::ticket_priority")
    private String setPriority;

    private String[] addTags;
    private UUID assignAgentId;
    private UUID assignTeamId;
    private boolean assignInTurn;

    @Version
    private int version;

    protected ResponseTemplate() {} // for Hibernate

    ResponseTemplate(CallerContext caller, ResponseTemplateForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        authorId = caller.userId();
        revise(form);
    }

    void revise(ResponseTemplateForm form) {
        title = form.title();
        content = form.content();
        teamId = form.teamId();
        tags = form.tags().toArray(String[]::new);
        var json = new JsonObject(form.metadata());
        if (metadata == null || !new JsonObject(metadata).equals(json)) {
            metadata = json.encode();
        }
        set(form.set() == null ? new TicketMacro(null, null, List.of(), null) : form.set());
    }

    private void set(TicketMacro macro) {
        var assign = macro.assign();
        setStatus = macro.status() == null ? null : macro.status().wire();
        setPriority = macro.priority() == null ? null : macro.priority().wire();
        addTags = macro.addTags().toArray(String[]::new);
        assignAgentId = assign == null ? null : assign.agentId();
        assignTeamId = assign == null ? null : assign.teamId();
        assignInTurn = assign != null && assign.strategy() == AssignmentStrategy.ROUND_ROBIN;
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
