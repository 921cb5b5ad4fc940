package io.switchboard.kit.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes the ids of everything: UUIDs of version 7 (RFC 9562), which sort by the time they were made. */
public final class UuidV7 {
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private UuidV7() {}

    public static UUID next() {
        return GENERATOR.generate();
    }
}
