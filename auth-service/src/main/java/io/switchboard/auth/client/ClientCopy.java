package io.switchboard.auth.client;

/**
 * What other services may know of a client.
 *
 * @param version orders copies: the higher one is the newer
 */
public record ClientCopy(String companyName, boolean isActive, int version) {}
