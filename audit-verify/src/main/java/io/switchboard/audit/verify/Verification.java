package io.switchboard.audit.verify;

import io.switchboard.audit.format.ExportHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a file: an export or a proof.
 *
 * @param checkpoints a folder with the journal; null if there is none to compare with
 * @param key a file of trusted keys; null to trust those that the file names
 */
record Verification(
        Path file, @Nullable Path checkpoints, @Nullable Path key) {
    private static final int LONGEST_PROOF = 32 << 20;

    /**
     * What came out.
     *
     * @param finding null if all is valid
     * @param lines the verdict, and what it does not say
     */
    record Result(@Nullable Finding finding, List<String> lines) {}

    /** Throws {@link Unusable}. */
    Result run() throws IOException {
        var trusted = key == null ? null : TrustedKeys.read(key);
        try (var in = BoundedFile.open(file)) {
            var start = in.readNBytes(ProofVerifier.FIRST_LINE.length());
            if (new String(start, StandardCharsets.US_ASCII).equals(ProofVerifier.FIRST_LINE)) {
                return textProof(in, trusted);
            }
        }
        try (var json = new JsonInput(BoundedFile.open(file))) {
            if (!json.beginObject()) {
                throw new Unusable("it is empty");
            }
            var head = FileHead.read(json);
            var keys = trusted == null ? TrustedKeys.of(head.keys) : trusted;
            return head.isExport() ? export(head, json, keys) : jsonProof(head, json, keys);
        }
    }

    private Result export(FileHead head, JsonInput json, TrustedKeys keys) throws IOException {
        if (!ExportHeader.FORMAT.equals(head.format) || head.org == null || head.checkpoint == null) {
            throw new Unusable("line 1: it is no header of " + ExportHeader.FORMAT + " with org and checkpoint");
        }
        TrustedKeys.Signed signed;
        try {
            signed = keys.verify(head.checkpoint, head.org);
        } catch (TrustedKeys.Distrusted e) {
            return broken(new Finding(Math.max(head.from, 0), null, Finding.Reason.CHECKPOINT, e.getMessage()));
        }
        var scope = new Journal.Scope(
                head.from, head.to, signed.checkpoint(), head.knownSize(signed.checkpoint()), head.exportedAt);
        var remarks = new Remarks();
        try (var journal = journal(head.org, keys, scope)) {
            var finding = new ExportVerifier(head, signed, journal, new ExportSearch(file), remarks).verify(json);
            return finding == null ? valid(head.from, head.to, signed.time(), remarks) : broken(finding);
        }
    }

    private Result jsonProof(FileHead head, JsonInput json, TrustedKeys keys) throws IOException {
        if (!head.isProof() || json.beginObject()) {
            throw new Unusable(
                    "it is neither an export (its first line has a 'format') nor a proof (one object with a 'leaf')");
        }
        return proof(ProofVerifier.of(head), keys);
    }

    private Result textProof(InputStream in, @Nullable TrustedKeys trusted) throws IOException {
        if (trusted == null) {
            throw new Unusable("a tlog-proof names no keys: give the organization's with --key");
        }
        var rest = in.readNBytes(LONGEST_PROOF + 1);
        if (rest.length > LONGEST_PROOF) {
            throw new Unusable("it is too long for a proof");
        }
        var text = ProofVerifier.FIRST_LINE + new String(rest, StandardCharsets.UTF_8);
        return proof(ProofVerifier.parse(text), trusted);
    }

    private Result proof(ProofVerifier.Proof proof, TrustedKeys keys) throws IOException {
        var record = proof.record();
        if (!Uuids.isUuid(record.org())) {
            throw new Unusable("the leaf's 'org' is not a UUID");
        }
        TrustedKeys.Signed signed;
        try {
            signed = keys.verify(proof.checkpoint(), record.org());
        } catch (TrustedKeys.Distrusted e) {
            return broken(record.finding(Finding.Reason.CHECKPOINT, e.getMessage()));
        }
        long size = signed.checkpoint().size();
        var scope = new Journal.Scope(record.sequence(), record.sequence(), signed.checkpoint(), size, null);
        var remarks = new Remarks();
        try (var journal = journal(record.org(), keys, scope)) {
            var finding = ProofVerifier.verify(proof, signed, journal, remarks);
            return finding == null
                    ? valid(record.sequence(), record.sequence(), signed.time(), remarks)
                    : broken(finding);
        }
    }

    private @Nullable Journal journal(String org, TrustedKeys keys, Journal.Scope scope) throws IOException {
        return checkpoints == null ? null : Journal.read(checkpoints, org, keys, scope);
    }

    private static Result broken(Finding finding) {
        return new Result(finding, List.of(finding.toString()));
    }

    private static Result valid(long from, long to, @Nullable Instant time, Remarks remarks) {
        long count = to - from + 1;
        var records = count == 1 ? "1 record" : String.format(Locale.ROOT, "%,d records", count);
        var range = count == 0 ? "none" : String.format(Locale.ROOT, "%,d…%,d", from, to);
        var when = time == null ? "an unknown time" : time.toString();
        var lines = new ArrayList<String>();
        lines.add("valid: " + records + ", " + range + ", checkpoint of " + when);
        lines.addAll(remarks.lines());
        return new Result(null, lines);
    }
}
