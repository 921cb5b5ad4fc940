package io.switchboard.crm.echo;

import jakarta.validation.constraints.NotNull;

/** @param isKept whether the answer is kept under the request's key */
public record EchoForm(@NotNull String text, boolean isKept) {}
