package io.switchboard.crm.echo;

import java.util.UUID;

/** @param id another one each time that the work is done */
public record EchoView(UUID id, String text) {}
