package io.switchboard.audit.verify;

import io.switchboard.audit.format.Base64Hash;
import io.switchboard.audit.format.MerkleProofs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies one record's proof, as JSON or as a C2SP tlog-proof. */
final class ProofVerifier {
    static final String FIRST_LINE = "c2sp.org/tlog-proof@v1\n";

    private ProofVerifier() {}

    /**
     * A proof, as read.
     *
     * @param hasParts whether the private parts are there to be compared; a tlog-proof has none
     */
    record Proof(RecordInput record, long index, List<byte[]> hashes, String checkpoint, boolean hasParts) {}

    static Proof of(FileHead head) {
        if (head.index < 0 || head.checkpoint == null) {
            throw new Unusable("the proof lacks its index or checkpoint");
        }
        return new Proof(head.record, head.index, head.hashes, head.checkpoint, true);
    }

    static Proof parse(String text) throws IOException {
        int blank = text.indexOf("\n\n");
        var lines = text.substring(0, Math.max(blank, 0)).split("\n");
        if (lines.length < 3 || !lines[1].startsWith("extra ") || !lines[2].matches("index (0|[1-9][0-9]{0,15})")) {
            throw new Unusable("a tlog-proof has the leaf as 'extra', an 'index', hashes and a checkpoint");
        }
        try {
            var hashes = new ArrayList<byte[]>();
            for (var line : List.of(lines).subList(3, lines.length)) {
                hashes.add(Base64Hash.decode(line));
            }
            var leaf = leaf(Base64.getDecoder().decode(lines[1].substring("extra ".length())));
            return new Proof(
                    leaf,
                    Long.parseLong(lines[2].substring("index ".length())),
                    hashes,
                    text.substring(blank + 2),
                    false);
        } catch (IllegalArgumentException e) {
            throw new Unusable("the proof cannot be read: " + Printable.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static RecordInput leaf(byte[] bytes) throws IOException {
        var record = new RecordInput();
        record.clear();
        try (var json = new JsonInput(new ByteArrayInputStream(bytes))) {
            if (!json.beginObject()) {
                throw new Unusable("the proof's leaf is empty");
            }
            record.readLeafFields(json);
        }
        if (!Arrays.equals(record.canonical(), bytes)) {
            throw new Unusable("the proof's leaf is not in canonical form");
        }
        return record;
    }

    /** Null if the record is in the signed tree as it stands there. */
    static @Nullable Finding verify(Proof proof, TrustedKeys.Signed signed, @Nullable Journal journal, Remarks remarks)
            throws IOException {
        var record = proof.record();
        var checkpoint = signed.checkpoint();
        if (record.sequence() != proof.index()) {
            return record.finding(Finding.Reason.MOVED, "the proof is of sequence " + proof.index());
        }
        var flaw = proof.hasParts() ? record.flaw() : null;
        if (flaw != null) {
            return flaw;
        }
        var hash = record.hash();
        if (!MerkleProofs.verifyInclusion(proof.index(), checkpoint.size(), hash, proof.hashes(), checkpoint.root())) {
            return record.finding(Finding.Reason.CHANGED, "it is not the record that the signed tree holds");
        }
        if (proof.hasParts()) {
            remarks.note(record);
        }
        return journal == null ? null : againstJournal(record, hash, signed, journal, remarks);
    }

    private static @Nullable Finding againstJournal(
            RecordInput record, byte[] hash, TrustedKeys.Signed signed, Journal journal, Remarks remarks)
            throws IOException {
        var sealed = journal.leaf(record.sequence());
        if (sealed == null && !journal.isAheadOf(record, signed.time())) {
            throw new Unusable("the journal is incomplete: it lacks sequence " + record.sequence());
        }
        if (sealed == null) {
            remarks.noteNotJournalled(record.sequence());
        } else if (!MessageDigest.isEqual(sealed, hash)) {
            return record.finding(Finding.Reason.CHANGED, "it is not the record that was journalled");
        }
        return journal.isSignedOtherwise() || journal.isForkedAt(record.sequence())
                ? record.finding(Finding.Reason.CHECKPOINT, "the journal has another tree")
                : null;
    }
}
