package io.switchboard.audit.checkpoint;

import io.switchboard.audit.checkpoint.UnpublishedTree.DoesNotAddUp;
import io.switchboard.audit.format.JournalLine;
import io.switchboard.kit.id.UuidV7;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * An object of the journal: a line for each organization with its new leaf hashes and the checkpoint of the tree with them, packed.
 *
 * @param broken organizations whose trees do not add up: nothing of them is signed
 */
record JournalObject(String name, byte[] content, List<Published> trees, List<UUID> broken) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'journal/'uuuu/MM/dd/HHmmss.SSS'-'");

    private static final int BUFFER = 8192;

    /** How far a tree is in the journal with this object. */
    record Published(UUID org, long before, long size, byte[] frontier, String checkpoint) {}

    /** It hashes and signs: for workers. */
    static JournalObject of(List<UnpublishedTree> trees, SigningKeys keys, Instant now) {
        var published = new ArrayList<Published>();
        var broken = new ArrayList<UUID>();
        var content = new ByteArrayOutputStream();
        try (var packed = new Packed(content)) {
            for (var tree : trees) {
                try {
                    var grown = tree.grown();
                    var checkpoint = keys.sign(tree.org(), grown.size(), grown.root(), now);
                    var line = new JournalLine(tree.org(), tree.exportedSize(), tree.leaves(), tree.ids(), checkpoint);
                    packed.write(line.json());
                    packed.write('\n');
                    published.add(
                            new Published(tree.org(), tree.exportedSize(), grown.size(), grown.toBytes(), checkpoint));
                } catch (DoesNotAddUp e) {
                    broken.add(tree.org());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JournalObject(name(now), content.toByteArray(), List.copyOf(published), List.copyOf(broken));
    }

    /** Letters alone: hashes do not repeat, and to look for what does takes five times as long. */
    private static final class Packed extends GZIPOutputStream {
        Packed(OutputStream content) throws IOException {
            super(content, BUFFER);
            def.setStrategy(Deflater.HUFFMAN_ONLY);
        }
    }

    private static String name(Instant now) {
        return NAME.format(now.atOffset(ZoneOffset.UTC)) + UuidV7.next() + ".jsonl.gz";
    }
}
