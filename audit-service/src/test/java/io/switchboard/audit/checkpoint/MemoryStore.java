package io.switchboard.audit.checkpoint;

import io.switchboard.audit.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A store that fails as real ones do. */
final class MemoryStore implements ObjectStore {
    /** What happens to a put. */
    enum Mood {
        WELL,
        /** Nothing answers. */
        AWAY,
        /** It is put, but the answer does not come. */
        ANSWER_LOST,
        /** It says that it has put it, and has not. */
        LIES,
        /** It puts something else. */
        SPOILS
    }

    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final List<String> tried = new ArrayList<>();
    volatile Mood mood = Mood.WELL;

    @Override
    public synchronized boolean putIfAbsent(String name, byte[] content) {
        tried.add(name);
        if (mood == Mood.AWAY) {
            throw new IllegalStateException("The store is away");
        }
        var kept = content.clone();
        if (mood == Mood.SPOILS) {
            kept[kept.length / 2] ^= 1;
        }
        var isNew = mood == Mood.LIES || objects.putIfAbsent(name, kept) == null;
        if (mood == Mood.ANSWER_LOST) {
            throw new IllegalStateException("The answer is lost");
        }
        return isNew;
    }

    @Override
    public byte @Nullable [] get(String name) {
        return objects.get(name);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return objects.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
    }

    @Override
    public void close() {}
}
