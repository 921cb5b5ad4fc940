package io.switchboard.voice.client;

import java.util.UUID;

/**
 * A PIN client of an organization, by the copy that is kept here.
 *
 * @param isActive false also for a deleted client
 */
public record Client(UUID id, String companyName, boolean isActive) {}
