package io.switchboard.audit.verify;

import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.MerkleProofs;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies an export, record by record: the first finding ends it. */
final class ExportVerifier {
    private final FileHead head;
    private final String org;
    private final TrustedKeys.Signed signed;
    private final @Nullable Journal journal;
    private final ExportSearch search;
    private final Remarks remarks;
    private final Frontier frontier;
    private RecordInput record = new RecordInput();
    private long lastRoot; // the size of the last tree whose root was found right
    private long uncovered = -1; // the first record that the journal does not hold
    private boolean isAhead; // of the journal, which cannot hold it yet

    /** The search looks ahead in the file, once something is wrong. */
    ExportVerifier(
            FileHead head, TrustedKeys.Signed signed, @Nullable Journal journal, ExportSearch search, Remarks remarks) {
        this.head = head;
        this.org = String.valueOf(head.org);
        this.signed = signed;
        this.journal = journal;
        this.search = search;
        this.remarks = remarks;
        this.lastRoot = head.from;
        long size = signed.checkpoint().size();
        if (head.from < 0 || head.to < head.from - 1) {
            throw new Unusable("line 1: 'from' or 'to' is missing, or they are in the wrong order");
        }
        if (head.to < size
                && (head.left.size() != Long.bitCount(head.from)
                        || head.right.size()
                                != MerkleProofs.covers(head.to + 1, size).size())) {
            throw new Unusable("line 1: 'left' or 'right' has another number of hashes than the range asks for");
        }
        this.frontier = new Frontier();
        if (head.to < size) {
            addAll(MerkleProofs.covers(0, head.from), head.left);
        }
    }

    private void addAll(List<MerkleProofs.Cover> covers, List<byte[]> hashes) {
        for (int i = 0; i < covers.size(); i++) {
            frontier.addSubtree(covers.get(i).level(), hashes.get(i));
        }
    }

    /** Null if everything is as it was sealed. */
    @Nullable
    Finding verify(JsonInput json) throws IOException {
        if (head.to >= signed.checkpoint().size()) {
            return new Finding(
                    signed.checkpoint().size(),
                    null,
                    Finding.Reason.CHECKPOINT,
                    "the signed tree ends before the range does");
        }
        var lines = new ExportInput(json);
        record = lines.record();
        var finding = rootFinding();
        long next = head.from;
        for (var line = lines.next(); line != ExportInput.Line.END && finding == null; next++) {
            finding = line == ExportInput.Line.BROKEN ? lines.broken(next) : check(next);
            line = finding == null ? lines.next() : line;
        }
        if (finding == null && next <= head.to) {
            return missing(next, "the export ends before it");
        }
        return finding == null ? atEnd() : finding;
    }

    private @Nullable Finding check(long expected) throws IOException {
        if (expected > head.to) {
            return at(expected, Finding.Reason.ADDED, "the range ends before it");
        }
        if (!record.org().equals(org)) {
            return at(expected, Finding.Reason.MOVED, "it is of another organization");
        }
        if (record.sequence() != expected) {
            return misplaced(expected);
        }
        var flaw = record.flaw();
        if (flaw != null) {
            return flaw;
        }
        var hash = record.hash();
        var finding = journal == null ? null : againstJournal(journal, expected, hash);
        if (finding != null) {
            return finding;
        }
        remarks.note(record);
        frontier.add(hash);
        return rootFinding();
    }

    private Finding misplaced(long expected) throws IOException {
        if (record.sequence() < expected) {
            return at(expected, Finding.Reason.ADDED, "sequence " + record.sequence() + " stands there again");
        }
        var elsewhere = search.idOf(expected);
        return elsewhere == null
                ? missing(expected, "sequence " + record.sequence() + " follows")
                : new Finding(expected, elsewhere, Finding.Reason.MOVED, "it stands further down");
    }

    private @Nullable Finding againstJournal(Journal journal, long expected, byte[] hash) throws IOException {
        var sealed = journal.leaf(expected);
        if (sealed == null) {
            if (uncovered < 0) {
                uncovered = expected;
                isAhead = journal.isAheadOf(record, signed.time());
            }
            return null;
        }
        if (journal.isForkedAt(expected)) {
            return at(expected, Finding.Reason.CHECKPOINT, "the journal holds it twice, differently");
        }
        if (MessageDigest.isEqual(sealed, hash)) {
            return null;
        }
        var id = String.valueOf(journal.id(expected));
        if (id.equals(record.id())) {
            return at(expected, Finding.Reason.CHANGED, "it is not the record that was journalled");
        }
        if (!search.hasId(id)) {
            return missing(expected, "another record stands in its place");
        }
        return journal.contains(record.id())
                ? at(expected, Finding.Reason.MOVED, "it was journalled under another sequence")
                : at(expected, Finding.Reason.ADDED, "it was never journalled");
    }

    /** Of the tree up to here, if the journal has its root. */
    private @Nullable Finding rootFinding() throws IOException {
        if (journal == null || !journal.hasRoot(frontier.size())) {
            return null;
        }
        if (journal.agreesOn(frontier.size(), frontier.root())) {
            lastRoot = frontier.size();
            return null;
        }
        return unlocated("the journal has another root of the first " + frontier.size() + " records");
    }

    private @Nullable Finding atEnd() throws IOException {
        var checkpoint = signed.checkpoint();
        addAll(MerkleProofs.covers(head.to + 1, checkpoint.size()), head.right);
        if (!MessageDigest.isEqual(frontier.root(), checkpoint.root())) {
            return unlocated("the records do not make the signed root"
                    + (journal == null ? "; --checkpoints names the first one that is wrong" : ""));
        }
        if (journal != null && journal.isSignedOtherwise()) {
            return unlocated("the journal has another root of the first " + checkpoint.size() + " records");
        }
        return journal == null ? null : cutTail(journal);
    }

    private @Nullable Finding cutTail(Journal journal) throws IOException {
        if (uncovered >= 0 && !isAhead) {
            throw new Unusable("the journal is incomplete: it lacks sequence " + uncovered);
        }
        remarks.noteNotJournalled(uncovered);
        if (head.treeSize < 0) {
            return null;
        }
        long size = head.knownSize(signed.checkpoint());
        long journalled = journal.sizeThen();
        return journalled > size
                ? missing(size, "the journal had " + journalled + " records when the export was made, the log " + size)
                : null;
    }

    private Finding unlocated(String detail) throws IOException {
        return new Finding(lastRoot, journal == null ? null : journal.id(lastRoot), Finding.Reason.CHECKPOINT, detail);
    }

    private Finding missing(long sequence, String detail) throws IOException {
        return new Finding(sequence, journal == null ? null : journal.id(sequence), Finding.Reason.MISSING, detail);
    }

    private Finding at(long sequence, Finding.Reason reason, String detail) {
        return new Finding(sequence, record.id(), reason, detail);
    }
}
