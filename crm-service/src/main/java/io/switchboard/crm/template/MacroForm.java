package io.switchboard.crm.template;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Which template to apply to a ticket. */
public record MacroForm(@NotNull UUID templateId) {}
