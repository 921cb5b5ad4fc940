package io.switchboard.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.audit.format.InclusionProof;
import io.switchboard.audit.format.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyAuditTest {
    private static final int RECORDS = 500;

    @TempDir
    Path folder;

    private SampleLog log;
    private Path key;

    @BeforeEach
    void seal() throws IOException {
        log = new SampleLog(3);
        for (int i = 0; i < 5; i++) {
            log.record(RECORDS / 5);
            log.publish(folder);
        }
        key = Files.writeString(folder.resolve("key"), log.signer.verifierKey().text() + "\n");
    }

    @Test
    void an_untouched_export_is_valid() {
        var all = verify(log.export(0, RECORDS - 1));
        assertEquals("valid: 500 records, 0…499, checkpoint of 2026-11-20T11:52:02Z\n", all.out());
        assertEquals(0, all.status());
        for (int[] range : new int[][] {{0, 0}, {17, 333}, {100, 99}, {499, 499}, {256, 499}, {0, 255}}) {
            assertEquals(0, verify(log.export(range[0], range[1])).status(), range[0] + " to " + range[1]);
        }
    }

    @Test
    void trusting_the_files_own_key_is_said() {
        var run = Cli.verify(folder, log.export(0, 9));
        assertEquals(0, run.status());
        assertTrue(run.out().contains("only --key tells"), run.out());
    }

    @Test
    void another_key_is_not_trusted() throws IOException {
        var other = new NoteSigner(log.signer.verifierKey().name(), SampleLog.newKey());
        var wrong =
                Files.writeString(folder.resolve("wrong"), other.verifierKey().text());
        var run = Cli.verify(folder, log.export(3, 9), "--key", wrong.toString());
        assertEquals(
                "broken: first at sequence 3, id unknown: checkpoint (the checkpoint is signed by no trusted key)",
                run.firstLine());
        assertEquals(1, run.status());
    }

    @Test
    void a_public_key_in_pem_and_an_operators_key_are_trusted() throws IOException {
        var der = HexFormat.of().formatHex(log.signer.verifierKey().publicKey());
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("302a300506032b6570032100" + der))
                + "\n-----END PUBLIC KEY-----\n";
        var operator = log.signer.named("log.example/audit").verifierKey().text();
        for (var text : new String[] {pem, operator}) {
            var file = Files.writeString(folder.resolve("trusted"), text);
            assertEquals(
                    0,
                    Cli.verify(folder, log.export(0, 9), "--key", file.toString())
                            .status(),
                    text);
        }
    }

    @Test
    void a_changed_row_is_named_with_the_journal() {
        log.rows.get(41).action = "read";
        assertBroken(41, "changed", verify(log.export(0, RECORDS - 1)));
        assertBroken(41, "changed", verify(log.export(41, 60)));
        assertEquals(0, verify(log.export(42, 60)).status());
    }

    @Test
    void without_the_journal_a_changed_row_breaks_the_root() {
        log.rows.get(41).newData = "{}";
        var run = Cli.verify(folder, log.export(7, RECORDS - 1), "--key", key.toString());
        assertEquals(1, run.status());
        assertTrue(run.out().startsWith("broken: first at sequence 7, id unknown: checkpoint"), run.out());
    }

    @Test
    void a_rewritten_tree_is_seen_with_the_journal_only() {
        log.rows.get(41).newData = "{}";
        log.rewriteTree();
        assertEquals(
                0,
                Cli.verify(folder, log.export(0, RECORDS - 1), "--key", key.toString())
                        .status());
        assertBroken(41, "changed", verify(log.export(0, RECORDS - 1)));
    }

    @Test
    void a_removed_row_is_missing_also_where_all_others_moved_up() {
        var gone = log.rows.remove(41);
        assertEquals(
                "broken: first at sequence 41, id " + gone.id + ": missing (sequence 42 follows)",
                verify(log.export(0, RECORDS - 1)).firstLine());
        log.rewriteTree();
        assertEquals(
                "broken: first at sequence 41, id " + gone.id + ": missing (another record stands in its place)",
                verify(log.export(0, RECORDS - 2)).firstLine());
    }

    @Test
    void an_added_row_and_moved_ones_are_told_apart() {
        log.rows.add(41, new SampleRow(log.org, 41, new java.util.Random(9)));
        log.rewriteTree();
        assertBroken(41, "added", verify(log.export(0, RECORDS)));
        log.rows.remove(41);
        log.rows.add(77, log.rows.remove(41));
        log.rewriteTree();
        assertBroken(41, "moved", verify(log.export(0, RECORDS - 1)));
    }

    @Test
    void swapped_lines_are_moved() {
        var lines = new String(log.export(0, 9), StandardCharsets.UTF_8).split("\n");
        var swapped = lines[4];
        lines[4] = lines[6];
        lines[6] = swapped;
        assertBroken(3, "moved", verify(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_cut_tail_is_missing_with_the_journal() {
        while (log.rows.size() > 450) {
            log.rows.remove(450);
        }
        log.rewriteTree();
        assertEquals(
                0,
                Cli.verify(folder, log.export(0, 449), "--key", key.toString()).status());
        assertBroken(450, "missing", verify(log.export(0, 449)));
    }

    @Test
    void an_export_from_before_the_journals_end_is_valid() {
        log.exportedAt = SampleLog.START.plusSeconds(310);
        var export = log.export(0, RECORDS - 1);
        log.record(100);
        log.publish(folder);
        assertEquals(0, verify(export).status());
    }

    @Test
    void a_checkpoint_of_about_the_same_time_shows_no_cut_tail() {
        log.exportedAt = SampleLog.START.plusSeconds(361);
        var export = log.export(0, RECORDS - 1);
        log.exportedAt = SampleLog.START.plusSeconds(362);
        var later = log.export(0, RECORDS - 1);
        log.record(100);
        log.publish(folder); // at 360 s, and some milliseconds that are not signed
        assertEquals(0, verify(export).status());
        assertBroken(RECORDS, "missing", verify(later));
    }

    @Test
    void what_is_too_new_for_the_journal_is_told_apart_from_what_it_lacks() {
        log.record(10);
        var news = log.rows.subList(RECORDS, RECORDS + 10);
        news.forEach(row -> row.recordedAt = SampleLog.START.plusSeconds(290));
        log.rewriteTree(); // signed at 300 s
        for (var file :
                new byte[][] {log.export(0, RECORDS + 9), log.proof(RECORDS).json()}) {
            var run = verify(file);
            assertEquals(0, run.status(), run.out() + run.err());
            assertTrue(run.out().contains("\nFrom sequence 500 on the journal has none"), run.out());
        }
        news.forEach(row -> row.recordedAt = SampleLog.START.minusSeconds(600));
        log.rewriteTree();
        assertEquals(2, verify(log.export(0, RECORDS + 9)).status());
        assertEquals(2, verify(log.proof(RECORDS).json()).status());
    }

    @Test
    void a_hole_in_the_journal_is_no_verdict() throws IOException {
        try (var files = Files.list(folder.resolve("journal/2026/11/20"))) {
            Files.delete(files.sorted().skip(2).findFirst().orElseThrow());
        }
        assertEquals(
                "unusable: the journal is incomplete: it lacks sequence 200\n",
                verify(log.export(0, 499)).err());
        assertEquals(0, verify(log.export(0, 199)).status());
    }

    @Test
    void a_journal_that_says_two_things_proves_neither() {
        var old = log.rows.get(450).action;
        log.rows.get(450).action = "read";
        log.rewriteTree();
        log.publishAgain(folder, 400);
        log.rows.get(450).action = old;
        log.rewriteTree();
        assertBroken(450, "checkpoint", verify(log.export(0, RECORDS - 1)));
        assertBroken(450, "checkpoint", verify(log.proof(450).json()));
        assertBroken(460, "checkpoint", verify(log.export(460, RECORDS - 1)));
        assertEquals(1, verify(log.export(100, 199)).status(), "its checkpoint is of the tree that was forked");
    }

    @Test
    void a_key_of_one_organization_is_not_that_of_another_below_it() throws IOException {
        var below = log.signer.named("log.example");
        var trusted =
                Files.writeString(folder.resolve("below"), below.verifierKey().text());
        var run = Cli.verify(folder, log.export(0, 9), "--key", trusted.toString());
        assertTrue(run.out().contains("signed by no trusted key"), run.out());
    }

    @Test
    void a_shortened_file_is_not_valid() {
        var export = new String(log.export(0, 9), StandardCharsets.UTF_8);
        var cut = export.substring(0, export.lastIndexOf('\n', export.length() - 2) + 1);
        assertBroken(9, "missing", verify(cut.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                2,
                verify(export.substring(0, export.length() - 40).getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    @Test
    void a_part_that_is_gone_was_removed_unless_it_is_erased() {
        int sequence = 0;
        while (log.rows.get(sequence).newData == null || log.rows.get(sequence).ipAddress == null) {
            sequence++;
        }
        var line = new String(log.rows.get(sequence).line().json(), StandardCharsets.UTF_8);
        var removed = line.replaceFirst("\"data\":\\{.*\\},\"origin\"", "\"data\":null,\"origin\"");
        var export = new String(log.export(sequence, sequence), StandardCharsets.UTF_8);
        assertBroken(sequence, "missing", verify(export.replace(line, removed).getBytes(StandardCharsets.UTF_8)));
        var erased = removed.replaceFirst("\\}$", ",\"erasedAt\":\"2026-11-21T00:00:00Z\"}");
        var run = verify(export.replace(line, erased).getBytes(StandardCharsets.UTF_8));
        assertEquals(0, run.status());
        assertTrue(run.out().contains("\nRecords with erased values: 1. "), run.out());
    }

    @Test
    void every_byte_of_a_private_part_counts() {
        var row = log.rows.get(RECORDS - 1);
        row.ipAddress = "203.0.113.7";
        log.rewriteTree();
        var export = new String(log.export(RECORDS - 1, RECORDS - 1), StandardCharsets.UTF_8);
        int from = export.indexOf("\"ipAddress\"") + "\"ipAddress\":\"".length();
        int to = export.indexOf("\"", export.indexOf("\"salt\":\"", from) + "\"salt\":\"".length());
        int found = 0;
        for (int i = from; i < to; i++) {
            char c = export.charAt(i);
            if (Character.isDigit(c)) {
                var flipped = export.substring(0, i) + (char) (c ^ 1) + export.substring(i + 1);
                var run = Cli.verify(folder, flipped.getBytes(StandardCharsets.UTF_8), "--key", key.toString());
                assertBroken(RECORDS - 1, "changed", run);
                found++;
            }
        }
        assertTrue(found > 10);
    }

    @Test
    void proofs_verify_as_json_and_as_text() {
        for (int sequence : new int[] {0, 41, RECORDS - 1}) {
            var proof = log.proof(sequence);
            assertEquals(0, verify(proof.json()).status());
            var text = verify(proof.text().getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "valid: 1 record, " + sequence + "…" + sequence + ", checkpoint of 2026-11-20T11:52:02Z\n",
                    text.out());
        }
    }

    @Test
    void a_proof_of_a_changed_record_is_broken() {
        var proof = log.proof(41);
        log.rows.get(41).outcome = "failure";
        var changed = new InclusionProof(log.rows.get(41).line(), proof.hashes(), proof.checkpoint(), proof.keys());
        assertBroken(41, "changed", verify(changed.json()));
        assertBroken(41, "changed", verify(changed.text().getBytes(StandardCharsets.UTF_8)));
        log.rewriteTree();
        assertBroken(41, "changed", verify(log.proof(41).json()));
    }

    private Cli verify(byte[] content) {
        return Cli.verify(folder, content, "--checkpoints", folder.toString(), "--key", key.toString());
    }

    private void assertBroken(long sequence, String reason, Cli run) {
        assertTrue(
                run.firstLine()
                        .matches("broken: first at sequence " + sequence + ", id [-0-9a-f]{36}: " + reason
                                + " \\(.*\\)"),
                run.out() + run.err());
        assertEquals(1, run.status());
    }
}
