package io.switchboard.audit.verify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The leaf hashes and ids that the journal holds of a range of records, in a temporary file: memory does not grow with the range.
 * A window of it is kept; it is cheap as long as it is used in ascending order.
 */
final class JournalLeaves implements Closeable {
    private static final int ENTRY = TreeHash.LENGTH + 2 * Long.BYTES;
    private static final int ENTRIES = 1 << 12;

    private final long from;
    private final long to;
    private final FileChannel file;
    private final ByteBuffer window = ByteBuffer.allocate(ENTRY * ENTRIES);
    private long windowAt = -1;
    private boolean isDirty;

    /** Of the records from and to, both included. */
    JournalLeaves(long from, long to) throws IOException {
        this.from = from;
        this.to = to;
        var path = Files.createTempFile("verify-audit", ".journal");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    boolean covers(long sequence) {
        return sequence >= from && sequence <= to;
    }

    /** Keeps it if it is the first of its sequence; false if another one is kept already. */
    boolean putIfAbsent(long sequence, byte[] hash, long idHigh, long idLow) throws IOException {
        int at = seek(sequence);
        if (isAbsent(at)) {
            window.put(at, hash);
            window.putLong(at + TreeHash.LENGTH, idHigh);
            window.putLong(at + TreeHash.LENGTH + Long.BYTES, idLow);
            isDirty = true;
            return true;
        }
        return Arrays.equals(hash, hashAt(at))
                && window.getLong(at + TreeHash.LENGTH) == idHigh
                && window.getLong(at + TreeHash.LENGTH + Long.BYTES) == idLow;
    }

    byte @Nullable [] hash(long sequence) throws IOException {
        int at = seek(sequence);
        return isAbsent(at) ? null : hashAt(at);
    }

    @Nullable
    String id(long sequence) throws IOException {
        if (!covers(sequence)) {
            return null;
        }
        int at = seek(sequence);
        return isAbsent(at) ? null : idAt(at).toString();
    }

    /** Whether it holds the id anywhere. */
    boolean contains(String id) throws IOException {
        for (long first = from; first <= to && first - from <= file.size() / ENTRY; first += ENTRIES) {
            seek(first);
            for (int at = 0; at < window.capacity(); at += ENTRY) {
                if (!isAbsent(at) && idAt(at).toString().equals(id)) {
                    return true;
                }
            }
        }
        return false;
    }

    private java.util.UUID idAt(int at) {
        return new java.util.UUID(
                window.getLong(at + TreeHash.LENGTH), window.getLong(at + TreeHash.LENGTH + Long.BYTES));
    }

    private byte[] hashAt(int at) {
        var hash = new byte[TreeHash.LENGTH];
        window.get(at, hash);
        return hash;
    }

    /** No SHA-256 that anybody has seen begins with so many zeros. */
    private boolean isAbsent(int at) {
        return window.getLong(at) == 0 && window.getLong(at + Long.BYTES) == 0;
    }

    private int seek(long sequence) throws IOException {
        long offset = sequence - from;
        long wanted = offset / ENTRIES * ENTRIES;
        if (wanted != windowAt) {
            flush();
            Arrays.fill(window.array(), (byte) 0);
            window.clear();
            long position = wanted * ENTRY;
            while (window.hasRemaining() && file.read(window, position + window.position()) > 0) {
                // until the end of the file
            }
            windowAt = wanted;
        }
        return (int) (offset % ENTRIES) * ENTRY;
    }

    private void flush() throws IOException {
        if (isDirty) {
            window.clear();
            long position = windowAt * ENTRY;
            while (window.hasRemaining()) {
                file.write(window, position + window.position());
            }
            isDirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
