package io.switchboard.audit.checkpoint;

import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Something that a superuser does to one record of a sealed log.
 *
 * @param rewrites whether blocks and tree are made to fit, so that the service signs the tree again
 */
record Edit(String name, boolean rewrites, Change change) {
    interface Change {
        /** Answers the sequence of the first record that is not as it was sealed. */
        int make(UUID org, UUID other, int sequence);
    }

    private static final List<String> COLUMNS = List.of(
            "occurred_at = occurred_at + interval '1 us'",
            "recorded_at = recorded_at - interval '1 us'",
            "actor_id = 'x'",
            "actor_type = 'system'",
            "action = 'x'",
            "resource_type = 'x'",
            "resource_id = null",
            "service = 'x'",
            "old_data = '{}'",
            "new_data = '{\"number\": -1}'",
            "ip_address = '198.51.100.1'",
            "user_agent = 'x'",
            "request_id = null",
            "outcome = 'failure'",
            "no = 1",
            "id = gen_random_uuid()");

    private static final List<Edit> ALL = Stream.concat(
                    COLUMNS.stream().map(Edit::column),
                    Stream.of(
                            new Edit("delete", false, (org, other, sequence) -> {
                                run("delete from audit_logs where " + row(org, sequence));
                                return sequence;
                            }),
                            new Edit("insert", false, (org, other, sequence) -> {
                                insertCopy(org, sequence);
                                return sequence + 1;
                            }),
                            new Edit("swap", false, (org, other, sequence) -> {
                                run("update audit_logs a set action = b.action, new_data = b.new_data from audit_logs b"
                                        + " where a.org_id = '" + org
                                        + "' and b.org_id = a.org_id and (a.id, b.id) in (("
                                        + id(org, sequence) + ", " + id(org, sequence - 1) + "), ("
                                        + id(org, sequence - 1) + ", " + id(org, sequence) + "))");
                                return sequence - 1;
                            }),
                            new Edit("other organization", false, (org, other, sequence) -> {
                                run("update audit_logs set org_id = '" + other + "' where " + row(org, sequence));
                                return sequence;
                            }),
                            new Edit("leaf", false, (org, other, sequence) -> {
                                run("update blocks set leaves = set_byte(leaves, 32 * (" + sequence
                                        + " - first)::int, get_byte(leaves, 32 * (" + sequence + " - first)::int) # 1)"
                                        + block(org, sequence));
                                return sequence;
                            }),
                            new Edit("salt", false, (org, other, sequence) -> {
                                run("update blocks set salts = set_byte(salts, 32 * (" + sequence
                                        + " - first)::int, get_byte(salts, 32 * (" + sequence + " - first)::int) # 1)"
                                        + block(org, sequence));
                                return sequence;
                            }),
                            new Edit("tail cut", true, (org, other, sequence) -> {
                                var tree = ForgedTree.read(org);
                                tree.cut(sequence);
                                return sequence;
                            }),
                            new Edit("changed, tree rewritten", true, (org, other, sequence) -> {
                                var tree = ForgedTree.read(org);
                                run("update audit_logs set new_data = '{}' where " + row(org, sequence));
                                tree.write();
                                return sequence;
                            }),
                            new Edit("deleted, tree rewritten", true, (org, other, sequence) -> {
                                var tree = ForgedTree.read(org);
                                tree.remove(sequence);
                                tree.write();
                                return sequence;
                            }),
                            new Edit("inserted, tree rewritten", true, (org, other, sequence) -> {
                                var tree = ForgedTree.read(org);
                                tree.insert(sequence + 1, insertCopy(org, sequence));
                                tree.write();
                                return sequence + 1;
                            })))
            .toList();

    static List<Edit> all() {
        return ALL;
    }

    int make(UUID org, UUID other, int sequence) {
        return change.make(org, other, sequence);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Edit column(String assignment) {
        return new Edit(assignment, false, (org, other, sequence) -> {
            run("update audit_logs set " + assignment + " where " + row(org, sequence));
            return sequence;
        });
    }

    private static String insertCopy(UUID org, int sequence) {
        var id = UUID.randomUUID().toString();
        run("insert into audit_logs select (jsonb_populate_record(l, jsonb_build_object('id', '" + id
                + "'))).* from audit_logs l where " + row(org, sequence));
        return id;
    }

    private static String row(UUID org, int sequence) {
        return "org_id = '" + org + "' and id = " + id(org, sequence);
    }

    private static String id(UUID org, int sequence) {
        return "(select k.ids[" + sequence + " - k.first + 1] from kept.blocks k where k.org_id = '" + org
                + "' and k.first <= " + sequence + " and k.first + k.count > " + sequence + ")";
    }

    private static String block(UUID org, int sequence) {
        return " where org_id = '" + org + "' and first <= " + sequence + " and first + count > " + sequence;
    }

    private static void run(String... statements) {
        Sql.superuser().withoutTriggers().run(statements);
    }
}
