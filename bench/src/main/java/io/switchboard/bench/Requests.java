package io.switchboard.bench;

import java.nio.ByteBuffer;

/** Where a load comes from: writes one whole HTTP request after the other, none of them twice where that matters. */
@FunctionalInterface
interface Requests {
    void next(ByteBuffer out);
}
