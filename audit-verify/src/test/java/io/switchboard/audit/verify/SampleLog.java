package io.switchboard.audit.verify;

import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.ExportHeader;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.InclusionProof;
import io.switchboard.audit.format.JournalLine;
import io.switchboard.audit.format.MerkleProofs;
import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.audit.format.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** An organization's log as the service keeps it: rows that a superuser can edit, and what was sealed and journalled of them. */
final class SampleLog implements MerkleProofs.Subtrees {
    static final Instant START = Instant.parse("2026-11-20T11:47:02Z");

    final UUID org = new UUID(0x019a000000007000L, 0x8000000000000001L);
    final NoteSigner signer;
    final List<SampleRow> rows = new ArrayList<>();
    Instant exportedAt = START.plusSeconds(3600);

    private final Random random;
    private final Map<String, byte[]> subtrees = new HashMap<>();
    private Frontier frontier = new Frontier();
    private String checkpoint = "";
    private long journalled;
    private int round;

    SampleLog(long seed) {
        random = new Random(seed);
        signer = new NoteSigner("log.example/audit/" + org, newKey());
    }

    static java.security.PrivateKey newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void record(int count) {
        for (int i = 0; i < count; i++) {
            var row = new SampleRow(org, rows.size(), random);
            rows.add(row);
            frontier.add(row.leaf().hash(), (level, index, hash) -> subtrees.put(level + "/" + index, hash));
        }
    }

    /** Seals all rows again, as if they had always been as they are now. */
    void rewriteTree() {
        frontier = new Frontier();
        subtrees.clear();
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).sequence = i;
            frontier.add(rows.get(i).leaf().hash(), (level, index, hash) -> subtrees.put(level + "/" + index, hash));
        }
        checkpoint = sign();
    }

    private String sign() {
        var signed = new Checkpoint(signer.verifierKey().name(), frontier.size(), frontier.root());
        return SignedNote.sign(signed, START.plusSeconds(60L * round), List.of(signer))
                .encoded();
    }

    /** One line with what is new, in a file of its own. */
    void publish(Path folder) {
        round++;
        checkpoint = sign();
        var news = rows.subList((int) journalled, rows.size());
        var hashes = news.stream().map(row -> row.leaf().hash()).toList();
        var ids = news.stream().map(row -> row.id).toList();
        var line = new JournalLine(org, journalled, hashes, ids, checkpoint);
        journalled = rows.size();
        try {
            var day = Files.createDirectories(folder.resolve("journal/2026/11/20"));
            var name = "11%02d02.000-%s.jsonl.gz".formatted(round, new UUID(random.nextLong(), random.nextLong()));
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(day.resolve(name)))) {
                out.write(line.json());
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A second line with the leaves from there on, as they are now. */
    void publishAgain(Path folder, long from) {
        journalled = from;
        publish(folder);
    }

    /** What the service answers, from the rows as they are and the salts and hashes that were sealed. */
    byte[] export(long from, long to) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(from, to).json());
        for (long sequence = from; sequence <= to && sequence < rows.size(); sequence++) {
            out.write('\n');
            out.writeBytes(rows.get((int) sequence).line().json());
        }
        out.write('\n');
        return out.toByteArray();
    }

    ExportHeader header(long from, long to) {
        return new ExportHeader(
                org,
                from,
                to,
                checkpoint,
                List.of(signer.verifierKey()),
                MerkleProofs.left(from, this),
                MerkleProofs.right(to + 1, size(), this),
                frontier.size(),
                exportedAt);
    }

    InclusionProof proof(int sequence) {
        return new InclusionProof(
                rows.get(sequence).line(),
                MerkleProofs.inclusion(sequence, size(), this),
                checkpoint,
                List.of(signer.verifierKey()));
    }

    /** Of the tree that is signed. */
    long size() {
        return Checkpoint.parse(SignedNote.parse(checkpoint).text()).size();
    }

    @Override
    public byte[] hash(int level, long index) {
        return subtrees.get(level + "/" + index);
    }

    static byte[] salt(Random random) {
        var salt = new byte[PrivateParts.SALT_LENGTH];
        random.nextBytes(salt);
        return salt;
    }
}
