package io.switchboard.bench;

import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.ExportHeader;
import io.switchboard.audit.format.ExportLine;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.JournalLine;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.audit.format.SignedNote;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes an export of records such as changes of contacts leave, with the journal of their rounds and the key. */
final class AuditExport {
    static final String FILE = "export.ndjson";
    static final String KEY = "key";
    private static final int RECORDS_A_ROUND = 1_000;
    private static final Instant START = Instant.parse("2026-11-20T11:47:02.123456Z");

    private final UUID org = UUID.randomUUID();
    private final Random random = new Random(1);
    private final Path folder;
    private final NoteSigner signer;
    private final Frontier frontier = new Frontier();
    private final List<byte[]> hashes = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();

    private AuditExport(Path folder) throws GeneralSecurityException {
        this.folder = folder;
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        this.signer = new NoteSigner("bench.example/audit/" + org, key);
    }

    static void write(Path folder, int records) {
        try {
            Files.createDirectories(folder.resolve("journal"));
            new AuditExport(folder).write(records);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void write(int records) throws IOException {
        Path lines = folder.resolve("lines");
        String checkpoint = "";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines), 1 << 16)) {
            for (int sequence = 0; sequence < records; sequence++) {
                out.write('\n');
                out.write(line(sequence).json());
                if (hashes.size() == RECORDS_A_ROUND || sequence == records - 1) {
                    checkpoint = publish(sequence);
                }
            }
        }
        var header = new ExportHeader(
                org, 0, records - 1L, checkpoint, List.of(signer.verifierKey()), List.of(), List.of(), null, null);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE)), 1 << 16)) {
            out.write(header.json());
            Files.copy(lines, out);
        }
        Files.delete(lines);
        Files.writeString(folder.resolve(KEY), signer.verifierKey().text() + "\n");
    }

    private ExportLine line(int sequence) {
        var id = new UUID(0x019a9f1b00007000L + sequence, random.nextLong());
        var newData = "{\"name\": \"Ada %d\", \"notes\": \"%s\", \"version\": %d}"
                .formatted(sequence, "She called about the invoice. ".repeat(1 + sequence % 8), sequence);
        var oldData = "{\"name\": \"Ada\", \"version\": %d}".formatted(sequence);
        var dataSalt = salt();
        var originSalt = salt();
        var leaf = new Leaf(
                org,
                id,
                sequence,
                START.plusMillis(sequence),
                START.plusMillis(sequence + 7L),
                "8c1d6a52-0b1c-7e6f-9d3a-5a4b3c2d1e0f",
                "user",
                "update",
                "contacts",
                id.toString(),
                "crm-service",
                "success",
                "req-" + sequence,
                PrivateParts.data(oldData, newData, dataSalt),
                PrivateParts.origin("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64)", originSalt));
        var hash = leaf.hash();
        frontier.add(hash);
        hashes.add(hash);
        ids.add(id);
        return new ExportLine(
                leaf,
                PrivateParts.dataJson(oldData, newData, dataSalt),
                PrivateParts.originJson("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64)", originSalt),
                null);
    }

    private String publish(int last) throws IOException {
        var tree = new Checkpoint(signer.verifierKey().name(), frontier.size(), frontier.root());
        var note =
                SignedNote.sign(tree, START.plusMillis(last), List.of(signer)).encoded();
        var line = new JournalLine(org, frontier.size() - hashes.size(), hashes, ids, note);
        Path file = folder.resolve("journal").resolve("%09d-%s.jsonl.gz".formatted(last, UUID.randomUUID()));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(line.json());
            out.write("\n".getBytes(StandardCharsets.UTF_8));
        }
        hashes.clear();
        ids.clear();
        return note;
    }

    private byte[] salt() {
        var salt = new byte[PrivateParts.SALT_LENGTH];
        random.nextBytes(salt);
        return salt;
    }
}
