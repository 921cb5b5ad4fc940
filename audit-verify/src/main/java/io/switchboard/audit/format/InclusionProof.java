package io.switchboard.audit.format;

import java.util.Base64;
import java.util.List;

/**
 * One record with the proof that it is in the signed tree.
 *
 * @param hashes {@link MerkleProofs#inclusion}
 * @param checkpoint a signed note
 * @param keys vkeys of the keys that sign for the organization
 */
public record InclusionProof(ExportLine line, List<byte[]> hashes, String checkpoint, List<VerifierKey> keys) {
    public byte[] json() {
        return Json.object(json -> {
            line.write(json);
            json.writeNumberField("index", line.leaf().sequence());
            Json.hashes(json, "hashes", hashes);
            json.writeStringField("checkpoint", checkpoint);
            Json.texts(json, "keys", keys.stream().map(VerifierKey::text).toList());
        });
    }

    /** A C2SP tlog-proof whose extra data is the leaf. */
    public String text() {
        var text = new StringBuilder("c2sp.org/tlog-proof@v1\nextra ")
                .append(Base64.getEncoder().encodeToString(line.leaf().bytes()))
                .append("\nindex ")
                .append(line.leaf().sequence())
                .append('\n');
        hashes.forEach(hash -> text.append(Base64Hash.encode(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
