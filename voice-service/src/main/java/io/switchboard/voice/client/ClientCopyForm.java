package io.switchboard.voice.client;

import jakarta.validation.constraints.NotNull;

/** A PIN client as auth-service pushes it; the version orders pushes that overtake each other. */
public record ClientCopyForm(
        @NotNull String companyName,
        @NotNull Boolean isActive,
        @NotNull Long version) {}
