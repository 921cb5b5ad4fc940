package io.switchboard.audit.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.Ed25519;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.MerkleProofs;
import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recomputes the vectors that stand in docs/audit-format.md, by our code and by other people's. */
class AuditFormatTest {
    private static final Path PAGE = Path.of("../docs/audit-format.md");
    private static final Pattern VECTOR = Pattern.compile("```vector ([^\n]+)\n(.*?)```\n", Pattern.DOTALL);
    private static final int[] SIZES = {1, 2, 3, 7, 256, 257};
    private static final Map<String, List<String>> VECTORS = new HashMap<>();

    private static final String OLD_DATA = "{\"note\": null, \"amount\": 0.1000000000000000055}";
    private static final String NEW_DATA = "{\"note\": \"Zoë said \\\"hi\\\"\\n\", \"amount\": 12345678901234567890}";
    private static final byte[] DATA_SALT = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final byte[] ORIGIN_SALT = HexFormat.of().parseHex("ffeeddccbbaa99887766554433221100");
    private static final String ADDRESS = "203.0.113.7";
    private static final String AGENT = "curl/8.5 \u001f\t€";
    private static final UUID ORG = UUID.fromString("019a0000-0000-7000-8000-00000000000a");

    @BeforeAll
    static void readPage() throws IOException {
        var matcher = VECTOR.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            VECTORS.put(matcher.group(1), matcher.group(2).lines().toList());
        }
    }

    @Test
    void the_page_has_twelve_vectors() {
        assertEquals(12, VECTORS.size());
    }

    @Test
    void private_parts_hash_to_the_vectors() {
        assertEquals(line("data", 0), utf8(PrivateParts.dataJson(OLD_DATA, NEW_DATA, DATA_SALT)));
        assertEquals(line("data", 1), hex(PrivateParts.data(OLD_DATA, NEW_DATA, DATA_SALT)));
        assertEquals(line("origin", 0), utf8(PrivateParts.originJson(ADDRESS, AGENT, ORIGIN_SALT)));
        assertEquals(line("origin", 1), hex(PrivateParts.origin(ADDRESS, AGENT, ORIGIN_SALT)));
    }

    @Test
    void leaves_and_roots_are_the_vectors() {
        assertEquals(line("leaf", 0), utf8(leaf(0).bytes()));
        assertEquals(line("hash", 0), hex(leaf(0).hash()));
        for (int size : SIZES) {
            assertEquals(line("root " + size, 0), hex(tree(size).root()));
        }
    }

    @Test
    void other_peoples_code_agrees_on_canonical_json() throws IOException {
        for (var name : List.of("data", "origin", "leaf")) {
            assertEquals(line(name, 0), new JsonCanonicalizer(line(name, 0)).getEncodedString());
        }
    }

    @Test
    void other_peoples_code_agrees_on_the_roots() throws InclusionProofVerificationException {
        var subtrees = new HashMap<String, byte[]>();
        var frontier = new Frontier();
        for (int i = 0; i < 257; i++) {
            frontier.add(leaf(i).hash(), (level, index, hash) -> subtrees.put(level + "/" + index, hash));
        }
        for (int size : SIZES) {
            var root = HexFormat.of().parseHex(line("root " + size, 0));
            for (int index : new int[] {0, size / 2, size - 1}) {
                var proof = MerkleProofs.inclusion(index, size, (level, place) -> subtrees.get(level + "/" + place));
                InclusionProofVerifier.verify(leaf(index).hash(), index, size, proof, root);
            }
        }
    }

    @Test
    void the_key_and_the_note_are_the_vectors() {
        var pkcs8 = "302e020100300506032b657004220420" + line("vkey", 0);
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + java.util.Base64.getEncoder().encodeToString(HexFormat.of().parseHex(pkcs8))
                + "\n-----END PRIVATE KEY-----\n";
        var signer = new NoteSigner("auth.example.com/audit/" + ORG, Ed25519.privateKey(pem));
        assertEquals(line("vkey", 1), signer.verifierKey().text());

        var checkpoint =
                new Checkpoint(signer.verifierKey().name(), 257, tree(257).root());
        var note = SignedNote.sign(checkpoint, Instant.parse("2026-11-20T11:47:02Z"), List.of(signer));
        assertEquals(String.join("\n", VECTORS.get("note")) + "\n", note.encoded());

        var parsed = SignedNote.parse(note.encoded());
        var key = VerifierKey.parse(line("vkey", 1));
        assertTrue(parsed.isSignedBy(key));
        assertEquals(Instant.parse("2026-11-20T11:47:02Z"), parsed.timeBy(key));
        assertArrayEquals(tree(257).root(), Checkpoint.parse(parsed.text()).root());
    }

    @Test
    void the_example_of_the_signed_note_specification_verifies() {
        var key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        var note = SignedNote.parse("This is an example message.\n\n— example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
        assertTrue(note.isSignedBy(key));
    }

    private static Leaf leaf(int sequence) {
        return new Leaf(
                ORG,
                UUID.fromString("019a9f1b-6e5c-7a10-8b2f-3c4d5e6f7081"),
                sequence,
                Instant.parse("2026-11-20T11:47:01.583967999Z"),
                Instant.parse("2026-11-20T11:47:02.00001Z"),
                "8c1d6a52-0b1c-7e6f-9d3a-5a4b3c2d1e0f",
                "user",
                "update",
                "contacts",
                "019a9f1b-0000-7000-8000-000000000001",
                "crm-service",
                "success",
                "req-1",
                PrivateParts.data(OLD_DATA, NEW_DATA, DATA_SALT),
                PrivateParts.origin(ADDRESS, AGENT, ORIGIN_SALT));
    }

    private static Frontier tree(int size) {
        var frontier = new Frontier();
        for (int i = 0; i < size; i++) {
            frontier.add(leaf(i).hash());
        }
        return frontier;
    }

    private static String line(String vector, int line) {
        return VECTORS.get(vector).get(line);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
