package io.switchboard.crm.template;

import io.switchboard.crm.assignment.AssignmentForm;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.crm.ticket.TicketStatus;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What applying a template changes of a ticket.
 *
 * @param assign as an assignment of a ticket has it
 */
public record TicketMacro(
        @Nullable @Schema(description = "Any but new") TicketStatus status,
        @Nullable TicketPriority priority,
        @Nullable @Size(max = 50) List<@NotNull @NullOrNotBlank @Size(max = 100) String> addTags,
        @Nullable @Valid AssignmentForm assign) {

    public TicketMacro {
        addTags = addTags == null ? List.of() : addTags;
    }

    boolean isEmpty() {
        return status == null && priority == null && addTags.isEmpty() && assign == null;
    }

    /** Fails with {@code invalid}. */
    void check() {
        if (status == TicketStatus.NEW) {
            throw Problem.invalid("set.status", "must not be new");
        }
        if (assign != null) {
            assign.check();
        }
    }
}
