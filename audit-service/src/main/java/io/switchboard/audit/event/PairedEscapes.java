package io.switchboard.audit.event;

import java.io.IOException;
import java.io.InputStream;

/**
 * JSON in which each escape of a lone surrogate is replaced by {@code \}{@code ufffd}, of the same length. Jackson refuses them in
 * names, which would sink the whole batch.
 */
final class PairedEscapes extends InputStream {
    private static final int LENGTH = 6;
    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};

    private final InputStream json;
    private final byte[] buffer = new byte[8192];
    private int next; // what goes out next
    private int clean; // up to here it may go out
    private int limit; // up to here it has been read
    private boolean ended;

    PairedEscapes(InputStream json) {
        this.json = json;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, clean - next);
        System.arraycopy(buffer, next, into, offset, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (next == clean && !(ended && clean == limit)) {
            System.arraycopy(buffer, clean, buffer, 0, limit - clean);
            limit -= clean;
            next = 0;
            clean = 0;
            int read = json.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
            repair();
        }
        return next < clean;
    }

    /** Goes on while what it needs to see has been read: of a high surrogate also the escape behind it. */
    private void repair() {
        while (clean < limit) {
            int needed = buffer[clean] == '\\' ? escaped() : 1;
            if (clean + needed > limit && !ended) {
                return;
            }
            clean = Math.min(limit, clean + needed);
        }
    }

    /** The length of the escape, or of the pair of them; more than there is, where that is not known yet. */
    private int escaped() {
        if (clean + 1 == limit || buffer[clean + 1] != 'u') {
            return 2;
        }
        char first = unit(clean);
        if (!Character.isSurrogate(first)) {
            return LENGTH;
        }
        if (Character.isHighSurrogate(first)) {
            if (clean + 2 * LENGTH > limit && !ended) {
                return 2 * LENGTH;
            }
            if (Character.isLowSurrogate(unit(clean + LENGTH))) {
                return 2 * LENGTH;
            }
        }
        System.arraycopy(REPLACEMENT, 0, buffer, clean + 2, REPLACEMENT.length);
        return LENGTH;
    }

    /** The UTF-16 unit that is escaped there; 0 without an escape. */
    private char unit(int at) {
        if (at + LENGTH > limit || buffer[at] != '\\' || buffer[at + 1] != 'u') {
            return 0;
        }
        int unit = 0;
        for (int i = at + 2; i < at + LENGTH; i++) {
            int digit = Character.digit(buffer[i], 16);
            if (digit < 0) {
                return 0;
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
