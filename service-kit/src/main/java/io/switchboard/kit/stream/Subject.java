package io.switchboard.kit.stream;

import java.util.UUID;

/** What a stream follows. */
record Subject(UUID orgId, UUID id) {}
