package io.switchboard.audit.seal;

import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.audit.format.TreeHash;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What a round adds to one organization's tree.
 *
 * @param first sequence of its first record
 * @param frontier of the tree with it
 */
record Growth(UUID orgId, long first, long lastNo, UUID[] ids, byte[] leaves, byte[] salts, byte[] frontier) {
    private static final int SALT = PrivateParts.SALT_LENGTH;

    /** @param frontier of the tree that it continues; moves on with it */
    static Growth of(Frontier frontier, List<UnsealedRecord> records, SecureRandom random) {
        long first = frontier.size();
        var leaves = Buffer.buffer(records.size() * TreeHash.LENGTH);
        var salts = new byte[records.size() * 2 * SALT];
        random.nextBytes(salts);
        for (int i = 0; i < records.size(); i++) {
            int at = i * 2 * SALT;
            var leaf = records.get(i)
                    .leaf(
                            first + i,
                            Arrays.copyOfRange(salts, at, at + SALT),
                            Arrays.copyOfRange(salts, at + SALT, at + 2 * SALT))
                    .hash();
            frontier.add(leaf);
            leaves.appendBytes(leaf);
        }
        return new Growth(
                records.get(0).orgId(),
                first,
                records.get(records.size() - 1).no(),
                records.stream().map(UnsealedRecord::id).toArray(UUID[]::new),
                leaves.getBytes(),
                salts,
                frontier.toBytes());
    }

    /** The size of the tree with it. */
    long end() {
        return first + ids.length;
    }
}
