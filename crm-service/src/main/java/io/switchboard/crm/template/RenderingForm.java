package io.switchboard.crm.template;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a template is rendered for.
 *
 * @param contactId without it, the ticket's contact
 */
public record RenderingForm(
        @Nullable UUID ticketId, @Nullable UUID contactId) {}
