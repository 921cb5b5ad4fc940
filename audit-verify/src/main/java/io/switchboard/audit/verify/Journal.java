package io.switchboard.audit.verify;

import io.switchboard.audit.format.Base64Hash;
import io.switchboard.audit.format.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the journal says of one organization and a range of its records. Memory grows neither with the range nor with the journal. */
final class Journal implements Closeable {
    private static final int DEEPEST = 8;
    private static final int MOST_RECORDS = 100_000;

    /** It is written every minute, unless its store is away. */
    private static final Duration LATEST = Duration.ofMinutes(10);

    /** Signed times are whole seconds, and the clocks of two replicas differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final String org;
    private final TrustedKeys keys;
    private final Scope scope;
    private final JournalLeaves leaves;
    private long fork = Long.MAX_VALUE;
    private long size = -1;
    private long sizeThen;
    private boolean isSignedOtherwise;
    private @Nullable String nextId;

    /**
     * What is asked for.
     *
     * @param from sequence of the first record
     * @param to of the last one
     * @param signed what the file proves its records by
     * @param knownSize how many records the log had, as the file tells
     * @param then when that was; null if the file does not say
     */
    record Scope(
            long from,
            long to,
            Checkpoint signed,
            long knownSize,
            @Nullable Instant then) {}

    private Journal(String org, TrustedKeys keys, Scope scope, JournalLeaves leaves) {
        this.org = org;
        this.keys = keys;
        this.scope = scope;
        this.leaves = leaves;
    }

    static Journal read(Path folder, String org, TrustedKeys keys, Scope scope) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Unusable(Printable.of(folder.toString()) + " is no folder with a journal");
        }
        var journal = new Journal(org, keys, scope, new JournalLeaves(scope.from(), scope.to()));
        try {
            // The folder itself may be a link: it was named by who runs this.
            journal.readFolder(folder.toRealPath(), DEEPEST);
            if (journal.size < 0) {
                throw new Unusable("the journal knows nothing of organization " + org);
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Names are in the order of time. Links are not followed. */
    private void readFolder(Path folder, int depth) throws IOException {
        for (var entry : sorted(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (depth > 0) {
                    readFolder(entry, depth - 1);
                }
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                    && entry.getFileName().toString().endsWith(".jsonl.gz")) {
                readFile(entry);
            }
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private void readFile(Path file) throws IOException {
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
        var seen = new HashSet<String>();
        for (var name = json.field(seen); name != null; name = json.field(seen)) {
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
        long end = signed.checkpoint().size();
        json.require(end == from + hashes.size(), "has a checkpoint of another size than its leaves make");
        for (int i = 0; i < ids.size(); i++) {
            keep(from + i, hashes.get(i), ids.get(i));
        }
        leaves.keepRoot(end, signed.checkpoint().root());
        size = Math.max(size, end);
        isSignedOtherwise |= end == scope.signed().size()
                && !Arrays.equals(signed.checkpoint().root(), scope.signed().root());
        if (scope.then() != null
                && signed.time() != null
                && !signed.time().plus(TOLERANCE).isAfter(scope.then())) {
            sizeThen = Math.max(sizeThen, end);
        }
    }

    private void keep(long sequence, byte[] hash, UUID id) throws IOException {
        if (sequence == scope.knownSize() && nextId == null) {
            nextId = id.toString();
        }
        if (leaves.covers(sequence)
                && !leaves.putIfAbsent(sequence, hash, id.getMostSignificantBits(), id.getLeastSignificantBits())) {
            fork = Math.min(fork, sequence);
        }
    }

    /** The first leaf hash that was journalled under the sequence; null if none was. */
    byte @Nullable [] leaf(long sequence) throws IOException {
        return leaves.hash(sequence);
    }

    /** The record's id that was first journalled under the sequence; null if none was. */
    @Nullable
    String id(long sequence) throws IOException {
        return sequence == scope.knownSize() ? nextId : leaves.id(sequence);
    }

    boolean contains(String id) throws IOException {
        return leaves.contains(id);
    }

    /** Whether two lines say different things of the record. */
    boolean isForkedAt(long sequence) {
        return fork == sequence;
    }

    /** Whether every root that was journalled of that size is this one. */
    boolean agreesOn(long treeSize, byte[] root) throws IOException {
        return leaves.agreesOn(treeSize, root);
    }

    /** Whether it has another root of the size that the file's checkpoint has. */
    boolean isSignedOtherwise() {
        return isSignedOtherwise;
    }

    /** Whether a root of that size was journalled. */
    boolean hasRoot(long treeSize) throws IOException {
        return leaves.hasRoot(treeSize);
    }

    /** Whether the record is too new to be in the journal. */
    boolean isAheadOf(RecordInput record, @Nullable Instant signedAt) {
        var recordedAt = record.recordedAt();
        return record.sequence() >= size
                && signedAt != null
                && recordedAt != null
                && signedAt.isBefore(recordedAt.plus(LATEST));
    }

    /** The largest tree that was signed until then. */
    long sizeThen() {
        return sizeThen;
    }

    @Override
    public void close() throws IOException {
        leaves.close();
    }
}
