package io.switchboard.audit.verify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the journal says of one organization and a range of its records. */
final class Journal implements Closeable {
    private static final int DEEPEST = 8;
    private static final int MOST_RECORDS = 100_000;

    private final String org;
    private final TrustedKeys keys;
    private final JournalLeaves leaves;
    private final TreeMap<Long, byte[]> roots = new TreeMap<>();
    private final TreeMap<Long, @Nullable Instant> times = new TreeMap<>();
    private long fork = Long.MAX_VALUE;

    private Journal(String org, TrustedKeys keys, JournalLeaves leaves) {
        this.org = org;
        this.keys = keys;
        this.leaves = leaves;
    }

    static Journal read(Path folder, String org, TrustedKeys keys, long from, long to) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Unusable(Printable.of(folder.toString()) + " is no folder with a journal");
        }
        var journal = new Journal(org, keys, new JournalLeaves(from, to));
        try {
            for (var file : files(folder)) {
                journal.read(file);
            }
            if (journal.roots.isEmpty()) {
                throw new Unusable("the journal knows nothing of organization " + org);
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Their names are in the order of time. Links are not followed. */
    private static List<Path> files(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        // The folder itself may be a link: it was named by who runs this.
        Files.walkFileTree(folder.toRealPath(), java.util.Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.getFileName().toString().endsWith(".jsonl.gz")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private void read(Path file) throws IOException {
        try (var json = new JsonInput(BoundedFile.open(file, LinkOption.NOFOLLOW_LINKS))) {
            while (json.beginObject()) {
                readLine(json);
            }
        } catch (IOException | Unusable e) {
            throw new Unusable(
                    "journal file " + Printable.of(file.getFileName().toString()) + ": "
                            + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private void readLine(JsonInput json) throws IOException {
        String lineOrg = null;
        long from = -1;
        String note = null;
        var hashes = new ArrayList<byte[]>();
        var ids = new ArrayList<UUID>();
        for (var name = json.field(); name != null; name = json.field()) {
            switch (name) {
                case "org" -> lineOrg = json.uuid();
                case "from" -> from = json.number();
                case "leaves" -> json.eachText(text -> bounded(hashes, json).add(Base64Hash.decode(text)));
                case "ids" -> json.eachText(text -> bounded(ids, json).add(UUID.fromString(text)));
                case "checkpoint" -> note = json.text();
                default -> throw json.refusal("is no field of a journal's line");
            }
        }
        json.require(
                lineOrg != null && from >= 0 && note != null && hashes.size() == ids.size(),
                "lacks org, from, leaves, ids or checkpoint");
        if (org.equals(lineOrg)) {
            keep(json, from, hashes, ids, note);
        }
    }

    private static <T> List<T> bounded(List<T> list, JsonInput json) throws IOException {
        json.require(list.size() < MOST_RECORDS, "has more than " + MOST_RECORDS + " entries");
        return list;
    }

    private void keep(JsonInput json, long from, List<byte[]> hashes, List<UUID> ids, String note) throws IOException {
        TrustedKeys.Signed signed;
        try {
            signed = keys.verify(note, org);
        } catch (TrustedKeys.Distrusted e) {
            throw new Unusable(json.where() + e.getMessage(), e);
        }
        long size = signed.checkpoint().size();
        json.require(size == from + hashes.size(), "has a checkpoint of another size than its leaves make");
        var known = roots.putIfAbsent(size, signed.checkpoint().root());
        times.putIfAbsent(size, signed.time());
        if (known != null && !java.util.Arrays.equals(known, signed.checkpoint().root())) {
            fork = Math.min(fork, from);
        }
        for (int i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            if (leaves.covers(from + i)
                    && !leaves.putIfAbsent(
                            from + i, hashes.get(i), id.getMostSignificantBits(), id.getLeastSignificantBits())) {
                fork = Math.min(fork, from + i);
            }
        }
    }

    /** The first leaf hash that was journalled under the sequence; null if none was. */
    byte @Nullable [] leaf(long sequence) throws IOException {
        return leaves.hash(sequence);
    }

    /** The record's id that was first journalled under the sequence; null if none was. */
    @Nullable
    String id(long sequence) throws IOException {
        return leaves.id(sequence);
    }

    boolean contains(String id) throws IOException {
        return leaves.contains(id);
    }

    /** The root that was first journalled of this size; null if none was. */
    byte @Nullable [] root(long size) {
        return roots.get(size);
    }

    /** Whether two lines say different things of the record. */
    boolean isForkedAt(long sequence) {
        return fork == sequence;
    }

    /** The largest tree that was signed until then. */
    long sizeAt(Instant time) {
        long largest = 0;
        for (var entry : times.entrySet()) {
            if (entry.getValue() != null && !entry.getValue().isAfter(time)) {
                largest = Math.max(largest, entry.getKey());
            }
        }
        return largest;
    }

    @Override
    public void close() throws IOException {
        leaves.close();
    }
}
