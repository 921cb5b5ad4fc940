package io.switchboard.audit.verify;

import io.switchboard.audit.format.TreeHash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The leaf hashes and ids that the journal holds of a range of records, and the roots of the trees that end in it or just before it,
 * in a temporary file: memory does not grow with the range.
 * A window of it is kept; it is cheap as long as it is used in ascending order.
 */
final class JournalLeaves implements Closeable {
    private static final int ID = TreeHash.LENGTH;
    private static final int ROOT = ID + 2 * Long.BYTES; // of the tree that ends with the leaf
    private static final int ENTRY = ROOT + TreeHash.LENGTH;
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
            window.putLong(at + ID, idHigh);
            window.putLong(at + ID + Long.BYTES, idLow);
            isDirty = true;
            return true;
        }
        return Arrays.equals(hash, hashAt(at))
                && window.getLong(at + ID) == idHigh
                && window.getLong(at + ID + Long.BYTES) == idLow;
    }

    /** Keeps the root of a tree of that size, if it ends here. Of two different ones none is right. */
    void keepRoot(long size, byte[] root) throws IOException {
        if (!coversRoot(size)) {
            return;
        }
        int at = seek(size - 1) + ROOT;
        if (isAbsent(at)) {
            window.put(at, root);
        } else if (!Arrays.equals(root, hashAt(at))) {
            Arrays.fill(window.array(), at, at + TreeHash.LENGTH, (byte) 0xff);
        }
        isDirty = true;
    }

    boolean hasRoot(long size) throws IOException {
        return coversRoot(size) && !isAbsent(seek(size - 1) + ROOT);
    }

    /** Whether no other root was kept. */
    boolean agreesOn(long size, byte[] root) throws IOException {
        return !hasRoot(size) || Arrays.equals(root, hashAt(seek(size - 1) + ROOT));
    }

    private boolean coversRoot(long size) {
        return size >= Math.max(from, 1) && size <= to + 1;
    }

    byte @Nullable [] hash(long sequence) throws IOException {
        if (!covers(sequence)) {
            return null;
        }
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
        for (long first = base(); first <= to && first - base() <= file.size() / ENTRY; first += ENTRIES) {
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
        return new java.util.UUID(window.getLong(at + ID), window.getLong(at + ID + Long.BYTES));
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

    /** The entry before the first record has a root, too. */
    private long base() {
        return Math.max(from - 1, 0);
    }

    private int seek(long sequence) throws IOException {
        long offset = sequence - base();
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
