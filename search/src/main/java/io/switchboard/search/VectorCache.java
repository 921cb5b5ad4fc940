package io.switchboard.search;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vectors of the owners who searched last, as many as fit. */
public final class VectorCache<K> {
    private final long mostBytes;
    private final Map<K, VectorSet> sets = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    public VectorCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    public boolean fits(long bytesOfOne) {
        return bytesOfOne <= mostBytes;
    }

    public synchronized @Nullable VectorSet get(K owner) {
        return sets.get(owner);
    }

    /** Keeps it, and forgets whose vectors were used least lately. Does not keep what does not fit. */
    public synchronized void put(K owner, VectorSet set) {
        remove(owner);
        if (!fits(set.bytes())) {
            return;
        }
        sets.put(owner, set);
        bytes += set.bytes();
        while (bytes > mostBytes) {
            remove(sets.keySet().iterator().next());
        }
    }

    public synchronized void remove(K owner) {
        var gone = sets.remove(owner);
        if (gone != null) {
            bytes -= gone.bytes();
        }
    }

    public synchronized long bytes() {
        return bytes;
    }
}
