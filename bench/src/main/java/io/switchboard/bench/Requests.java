package io.switchboard.bench;

import java.nio.ByteBuffer;

/** The source of a load: writes one whole HTTP request after the other, each only once where repeats would be cheaper. */
@FunctionalInterface
interface Requests {
    void next(ByteBuffer out);
}
