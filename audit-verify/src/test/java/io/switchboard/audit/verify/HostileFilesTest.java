package io.switchboard.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is in a file ends in a stack trace, in want of memory or in an answer that is no answer. */
class HostileFilesTest {
    private static final String ERASED = "\"erasedAt\":\"2026-11-20T00:00:00Z\",";

    @TempDir
    Path folder;

    private SampleLog log;
    private String export;

    @BeforeEach
    void seal() {
        log = new SampleLog(4);
        log.record(20);
        log.publish(folder.resolve("store"));
        export = new String(log.export(0, 19), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "null",
                "[]",
                "1",
                "{}",
                "{",
                "{}{}",
                "\"\"",
                "\u0000",
                "\u001b[31m",
                "{\"format\":",
                "{\"format\":1}",
                "{\"format\":\"switchboard-audit/2\",\"keys\":[]}",
                "{\"id\":\"x\"}",
                "{\"leaf\":{}}",
                "{\"leaf\":[]}",
                "c2sp.org/tlog-proof@v1\n",
                "{\"from\":1e9}",
                "{\"from\":1.0}",
                "{\"from\":-1}",
                "{\"from\":99999999999999999999999}",
                "{\"from\":9007199254740992}",
                "{\"keys\":\"x\"}",
                "{\"keys\":[[]]}",
                "{\"keys\":[1]}",
                "{\"left\":[\"\"]}",
                "{\"org\":\"x\"}",
                "{\"exportedAt\":\"now\"}",
                "{\"org\":null}",
                "{\"erasedAt\":\"2026-13-01T00:00:00Z\"}"
            })
    void what_is_no_file_of_ours_is_unusable(String content) {
        assertUnusable(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void other_kinds_and_doubles_of_fields_are_unusable() {
        for (var change : new String[][] {
            {"\"action\":\"update\"", "\"action\":[\"update\"]"},
            {"\"action\":\"update\"", "\"action\":null"},
            {"\"action\":\"update\"", "\"action\":\"update\",\"action\":\"update\""},
            {"\"action\":\"update\"", "\"action\":\"\\ud800\""},
            {"\"sequence\":3", "\"sequence\":\"3\""},
            {"\"sequence\":3", "\"sequence\":3.0"},
            {"\"sequence\":3", "\"sequence\":3,\"sequence\":3"},
            {"\"v\":1", "\"v\":2"},
            {"\"v\":1", "\"v\":1,\"w\":1"},
            {"\"leaf\":", "\"leaf\":{},\"leaf\":"},
            {"\"leaf\":", "\"fleal\":"},
            {"\"from\":0", "\"from\":0,\"from\":0"},
            {"\"from\":0", "\"from\":5"},
            {"\"to\":19", "\"to\":15"},
            {"\"from\":0", "\"index\":0,\"hashes\":[],\"from\":0"},
            {"\"keys\":[", "\"data\":null,\"keys\":["},
            {"\"leaf\":", "\"broken\":\"changed\",\"id\":\"019a9f1b-6e5c-7a10-8b2f-3c4d5e6f7081\",\"leaf\":"},
            {"\"leaf\":", "\"end\":true,\"leaf\":"},
            {"\"leaf\":", "\"records\":0,\"leaf\":"},
            {"\"leaf\":", ERASED + ERASED + "\"leaf\":"},
            {"\"left\":[]", "\"left\":[\"" + "A".repeat(43) + "=\"]"},
            {"\"keys\":[", "\"keys\":[\"a+b+c\","},
        }) {
            assertTrue(export.contains(change[0]), change[0]);
            assertUnusable(export.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A program that takes it for a proof would see a record that the verifier does not look at. */
    @Test
    void a_file_of_two_kinds_is_unusable() {
        var leaf = new String(log.rows.get(3).leaf().bytes(), StandardCharsets.UTF_8);
        var empty = new String(log.header(0, -1).json(), StandardCharsets.UTF_8);
        assertEquals(0, Cli.verify(folder, bytes(empty)).status());
        assertUnusable(bytes(empty.replaceFirst("\\}$", ",\"leaf\":") + leaf + "}"));
        var proof = new String(log.proof(3).json(), StandardCharsets.UTF_8);
        assertEquals(0, Cli.verify(folder, bytes(proof)).status());
        assertUnusable(bytes(proof.replace("\"index\":", "\"from\":0,\"index\":")));
        assertUnusable(bytes(proof + proof));
    }

    @Test
    void the_leaf_of_a_text_proof_is_canonical_and_nothing_else() throws IOException {
        var key = Files.writeString(
                        folder.resolve("key"), log.signer.verifierKey().text())
                .toString();
        var leaf = new String(log.rows.get(3).leaf().bytes(), StandardCharsets.UTF_8);
        var proof = log.proof(3).text();
        assertEquals(0, Cli.verify(folder, bytes(proof), "--key", key).status());
        for (var other :
                new String[] {leaf + " ", leaf + "{\"action\":\"read\"}", leaf.replace(",\"id\"", ", \"id\"")}) {
            var changed = proof.replace(base64(leaf), base64(other));
            assertEquals(2, Cli.verify(folder, bytes(changed), "--key", key).status(), other);
        }
    }

    @Test
    void deep_and_long_things_are_unusable() {
        assertUnusable("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertUnusable("{\"leaf\":".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertUnusable(("{\"" + "a".repeat(1 << 20) + "\":1}").getBytes(StandardCharsets.UTF_8));
        assertUnusable(("{\"format\":\"" + "a".repeat(9 << 20) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertUnusable(("{\"from\":" + "9".repeat(1 << 20) + "}").getBytes(StandardCharsets.UTF_8));
        assertUnusable(("{\"keys\":[" + "\"a\",".repeat(1 << 20) + "\"a\"]}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void flipped_bytes_never_end_in_a_crash() {
        var random = new Random(11);
        var bytes = export.getBytes(StandardCharsets.UTF_8);
        int valid = 0;
        for (int i = 0; i < 400; i++) {
            var flipped = bytes.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            var run = Cli.verify(
                    folder, flipped, "--checkpoints", folder.resolve("store").toString());
            valid += run.status() == 0 ? 1 : 0;
            assertSpeaks(run);
        }
        assertTrue(
                valid < 20,
                valid + " flips were not seen"); // those in a signed time's line, the header's or a line feed
    }

    @Test
    void gzip_that_is_cut_or_has_no_end_is_unusable() throws IOException {
        var gzipped = gzip(export.getBytes(StandardCharsets.UTF_8), 1);
        assertEquals(0, Cli.verify(folder, gzipped).status());
        assertUnusable(java.util.Arrays.copyOf(gzipped, gzipped.length / 2));
        assertUnusable(java.util.Arrays.copyOf(gzipped, 5));
        assertUnusable(gzip(" ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), 100));
    }

    @Test
    void folders_links_and_devices_are_unusable() throws IOException {
        assertEquals(2, Cli.run(folder.toString()).status());
        assertEquals(2, Cli.run(folder.resolve("none").toString()).status());
        assertEquals(2, Cli.run("/dev/zero").status());
        var loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertEquals(2, Cli.run(loop.toString()).status());
        assertEquals(2, Cli.run("a", "b").status());
        assertEquals(2, Cli.run("a", "--key").status());
        assertEquals(2, Cli.run().status());
    }

    @Test
    void a_damaged_journal_is_unusable() throws IOException {
        var file = Files.write(folder.resolve("export"), export.getBytes(StandardCharsets.UTF_8))
                .toString();
        var empty = Files.createDirectories(folder.resolve("empty"));
        assertEquals(2, Cli.run(file, "--checkpoints", empty.toString()).status());
        Files.createSymbolicLink(empty.resolve("zero.jsonl.gz"), Path.of("/dev/zero"));
        Files.createSymbolicLink(empty.resolve("up"), folder);
        assertEquals(2, Cli.run(file, "--checkpoints", empty.toString()).status());
        Files.delete(empty.resolve("zero.jsonl.gz"));
        for (var line : new String[] {
            "{}",
            "[]",
            "{\"org\":\"" + log.org + "\",\"from\":0,\"leaves\":[\"x\"]}",
            "{\"ids\":[1]}",
            "{\"from\":0,\"from\":0}"
        }) {
            Files.write(empty.resolve("a.jsonl.gz"), gzip(line.getBytes(StandardCharsets.UTF_8), 1));
            var run = Cli.run(file, "--checkpoints", empty.toString());
            assertEquals(2, run.status(), line);
            assertTrue(run.err().contains("a.jsonl.gz"), run.err());
            assertSpeaks(run);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(bytes(text));
    }

    private static byte[] gzip(byte[] content, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private void assertUnusable(byte[] content) {
        var run = Cli.verify(folder, content);
        assertEquals(2, run.status(), run.out());
        assertSpeaks(run);
    }

    private static void assertSpeaks(Cli run) {
        var said = run.out() + run.err();
        assertFalse(said.isBlank());
        assertFalse(said.contains("Exception") || said.contains("\tat "), said);
        assertTrue(said.chars().noneMatch(c -> c < ' ' && c != '\n'), said);
        assertTrue(
                run.status() != 2 || run.err().lines().count() == 1 && run.err().length() < 500, said);
    }
}
