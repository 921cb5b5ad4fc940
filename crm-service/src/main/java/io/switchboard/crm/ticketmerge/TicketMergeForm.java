package io.switchboard.crm.ticketmerge;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Which ticket goes into another one. */
public record TicketMergeForm(@NotNull UUID duplicateId) {}
