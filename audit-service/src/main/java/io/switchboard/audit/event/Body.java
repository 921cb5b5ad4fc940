package io.switchboard.audit.event;

import io.switchboard.kit.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A request's body as sent, perhaps packed. It is unpacked while it is read, never as a whole. */
record Body(byte[] bytes, boolean isPacked) {
    private static final int MOST_UNPACKED = 32 * 1024 * 1024;

    /** Fails with {@code unsupported_encoding} (415). */
    static Body of(byte[] bytes, @Nullable String encoding) {
        return switch (encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new Body(bytes, true);
            case "identity", "" -> new Body(bytes, false);
            default ->
                throw Problem.of(415, "unsupported_encoding", "Use Content-Encoding: gzip, or send the body unpacked.");
        };
    }

    /**
     * Its JSON, in which lone surrogates are replaced. Reading fails with {@code body_too_large} if it unpacks to more than the
     * limit.
     */
    InputStream open() throws IOException {
        var plain = new ByteArrayInputStream(bytes);
        return new PairedEscapes(isPacked ? new Limited(new GZIPInputStream(plain, 8192)) : plain);
    }

    /** A small packed body may unpack to gigabytes: reading stops at the limit. */
    private static final class Limited extends FilterInputStream {
        private int left = MOST_UNPACKED;

        Limited(InputStream unpacked) {
            super(unpacked);
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            return counted(one, one < 0 ? 0 : 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var read = super.read(into, offset, length);
            return counted(read, Math.max(read, 0));
        }

        private int counted(int result, int bytes) {
            left -= bytes;
            if (left < 0) {
                throw Problem.tooLarge(MOST_UNPACKED);
            }
            return result;
        }
    }
}
