package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.Frontier;
import io.switchboard.kit.test.Sql;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A fresh organization's tree of made-up records, as the sealer leaves it behind. */
final class SeededTree {
    private static final SecureRandom RANDOM = new SecureRandom();

    final UUID org = UUID.randomUUID();
    final List<byte[]> leaves = new ArrayList<>();
    final List<UUID> ids = new ArrayList<>();
    private final Frontier frontier = new Frontier();

    static SeededTree of(int... blocks) {
        var tree = new SeededTree();
        tree.grow(blocks);
        return tree;
    }

    void grow(int... blocks) {
        try (var session = Sql.superuser().open()) {
            session.begin();
            for (int count : blocks) {
                block(session.jdbc(), count);
            }
            tree(session.jdbc());
            session.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void block(java.sql.Connection connection, int count) throws SQLException {
        var first = frontier.size();
        var fresh = new ByteArrayOutputStream();
        var names = new UUID[count];
        for (int i = 0; i < count; i++) {
            var leaf = new byte[32];
            RANDOM.nextBytes(leaf);
            frontier.add(leaf);
            leaves.add(leaf);
            fresh.writeBytes(leaf);
            names[i] = UUID.randomUUID();
        }
        Collections.addAll(ids, names);
        try (var insert = connection.prepareStatement(
                "insert into blocks (org_id, first, count, last_no, ids, leaves, salts, sealed_at) values (?, ?, ?, ?, ?, ?, ?, now())")) {
            insert.setObject(1, org);
            insert.setLong(2, first);
            insert.setInt(3, count);
            insert.setLong(4, frontier.size());
            insert.setArray(5, connection.createArrayOf("uuid", names));
            insert.setBytes(6, fresh.toByteArray());
            insert.setBytes(7, new byte[32 * count]);
            insert.executeUpdate();
        }
    }

    private void tree(java.sql.Connection connection) throws SQLException {
        try (var upsert = connection.prepareStatement(
                "insert into trees (org_id, size, frontier, last_no, sealed_at) values (?, ?, ?, ?, now())"
                        + " on conflict (org_id) do update set size = excluded.size, frontier = excluded.frontier,"
                        + " last_no = excluded.last_no")) {
            upsert.setObject(1, org);
            upsert.setLong(2, frontier.size());
            upsert.setBytes(3, frontier.toBytes());
            upsert.setLong(4, frontier.size());
            upsert.executeUpdate();
        }
    }

    long exportedSize() {
        return Sql.superuser().number("select exported_size from trees where org_id = '" + org + "'");
    }

    String checkpoint() {
        return Sql.superuser().value("select checkpoint from trees where org_id = '" + org + "'");
    }
}
