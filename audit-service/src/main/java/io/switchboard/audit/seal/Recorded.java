package io.switchboard.audit.seal;

import java.util.UUID;

/**
 * What says where a record of the log was sealed.
 *
 * @param no in the order of recording, over all organizations
 */
public record Recorded(UUID orgId, long no, UUID id) {}
