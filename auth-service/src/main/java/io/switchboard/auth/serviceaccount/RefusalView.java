package io.switchboard.auth.serviceaccount;

/** A refusal as RFC 6749, 5.2 has it. */
public record RefusalView(String error) {}
