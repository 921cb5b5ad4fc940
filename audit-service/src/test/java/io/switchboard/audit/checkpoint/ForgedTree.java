package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tree that is made to fit rows which were changed: who can write all tables can do that. */
final class ForgedTree {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TIME = "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'";

    private final UUID org;
    private final List<String> ids = new ArrayList<>();
    private final List<byte[]> salts = new ArrayList<>();

    private ForgedTree(UUID org) {
        this.org = org;
    }

    /** As it is in the copy: what exports have added since is cut off. */
    static ForgedTree read(UUID org) {
        var tree = new ForgedTree(org);
        tree.ids.addAll(Sql.superuser()
                .column("select unnest(ids) from kept.blocks where org_id = '" + org + "' order by first"));
        var salts = HEX.parseHex(String.join(
                "",
                Sql.superuser()
                        .column("select encode(salts, 'hex') from kept.blocks where org_id = '" + org
                                + "' order by first")));
        for (int at = 0; at < salts.length; at += 32) {
            tree.salts.add(Arrays.copyOfRange(salts, at, at + 32));
        }
        return tree;
    }

    void cut(int sequence) {
        ids.subList(sequence, ids.size()).clear();
        salts.subList(sequence, salts.size()).clear();
        write();
    }

    void remove(int sequence) {
        ids.remove(sequence);
        salts.remove(sequence);
    }

    void insert(int sequence, String id) {
        ids.add(sequence, id);
        salts.add(sequence, salts.get(0));
    }

    /** Writes block and tree, and removes all rows that are not in it. Nothing says that the tree was ever signed. */
    void write() {
        var rows = new HashMap<String, JsonObject>();
        Sql.superuser().column(rows()).stream().map(JsonObject::new).forEach(row -> rows.put(row.getString("id"), row));
        var frontier = new Frontier();
        var leaves = new ByteArrayOutputStream();
        for (int i = 0; i < ids.size(); i++) {
            var hash = leaf(rows.get(ids.get(i)), i, salts.get(i)).hash();
            leaves.writeBytes(hash);
            frontier.add(hash);
        }
        var allSalts = salts.stream().map(HEX::formatHex).collect(Collectors.joining());
        var array = "array['" + String.join("', '", ids) + "']::uuid[]";
        var own = " where org_id = '" + org + "'";
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "begin",
                        "lock table trees in exclusive mode",
                        "delete from audit_logs" + own + " and id <> all (" + array + ")",
                        "update audit_logs set no = (select min(no) from audit_logs" + own + ") + array_position("
                                + array + ", id) - 1" + own,
                        "delete from blocks" + own,
                        "insert into blocks select '" + org + "', 0, " + ids.size()
                                + ", (select max(no) from audit_logs" + own + "), " + array + ", '\\x"
                                + HEX.formatHex(leaves.toByteArray()) + "', '\\x" + allSalts + "', now()",
                        "update trees set size = " + ids.size() + ", frontier = '\\x"
                                + HEX.formatHex(frontier.toBytes())
                                + "', checkpoint = null, exported_size = 0, exported_frontier = ''" + own,
                        "commit");
    }

    private String rows() {
        return "select jsonb_build_object('id', id, 'occurredAt', " + utc("occurred_at") + ", 'recordedAt', "
                + utc("recorded_at")
                + ", 'actorId', actor_id, 'actorType', actor_type, 'action', action, 'resourceType',"
                + " resource_type, 'resourceId', resource_id, 'service', service, 'outcome', outcome, 'requestId',"
                + " request_id, 'oldData', old_data::text, 'newData', new_data::text, 'ipAddress', ip_address,"
                + " 'userAgent', user_agent)::text from audit_logs where org_id = '" + org + "'";
    }

    private static String utc(String column) {
        return "to_char(" + column + " at time zone 'UTC', " + TIME + ")";
    }

    private Leaf leaf(JsonObject row, int sequence, byte[] salts) {
        return new Leaf(
                org,
                UUID.fromString(row.getString("id")),
                sequence,
                Instant.parse(row.getString("occurredAt")),
                Instant.parse(row.getString("recordedAt")),
                row.getString("actorId"),
                row.getString("actorType"),
                row.getString("action"),
                row.getString("resourceType"),
                row.getString("resourceId"),
                row.getString("service"),
                row.getString("outcome"),
                row.getString("requestId"),
                data(row, salts),
                PrivateParts.origin(
                        row.getString("ipAddress"), row.getString("userAgent"), Arrays.copyOfRange(salts, 16, 32)));
    }

    private static byte @Nullable [] data(JsonObject row, byte[] salts) {
        return PrivateParts.data(row.getString("oldData"), row.getString("newData"), Arrays.copyOf(salts, 16));
    }
}
