package io.switchboard.kit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold for every table, view and function of a service's schema; see docs/testing.md. */
public final class SchemaChecks {
    private static final Set<String> KIT_FUNCTIONS = Set.of(
            "claim_outbox",
            "finish_outbox",
            "notify_commit",
            "release_outbox",
            "release_outbox_rows",
            "owed_call_state",
            "forget_idempotency_keys",
            "try_lock_job",
            "claim_work",
            "renew_work",
            "finish_work",
            "retry_work",
            "dead_letter_work",
            "release_work",
            "forget_work");
    private static final Set<String> UNTENANTED =
            Set.of("databasechangelog", "databasechangeloglock", "schema_versions", "key_set");
    private static final Set<String> UNAUDITED =
            Set.of("outbox", "outbox_rejected", "work", "idempotency_keys", "members", "organization_settings");

    private static final String TENANT_TABLES = "from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " where n.nspname = '%1$s' and c.relkind in ('r', 'p') and exists (select from pg_attribute a"
            + " where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)"
            + " and not c.relname like 'directory\\_%%'";

    private final TestDatabase database;
    private final SqlSession superuser;
    private final String schema;

    private SchemaChecks(TestDatabase database, SqlSession superuser, String schema) {
        this.database = database;
        this.superuser = superuser;
        this.schema = schema;
    }

    /**
     * @param definers the SECURITY DEFINER functions that the service needs beside the kit's; the list is short on purpose
     * @param untenanted tables that belong to no tenant
     * @param unaudited tenant tables whose row changes are no news: counters, leases, inboxes
     */
    public static void run(String schema, Set<String> definers, Set<String> untenanted, Set<String> unaudited) {
        try (var database = TestDatabase.migrated(schema)) {
            run(database, schema, definers, untenanted, unaudited);
        }
    }

    private static void run(
            TestDatabase database, String schema, Set<String> definers, Set<String> untenanted, Set<String> unaudited) {
        try (var superuser = database.sql(schema).open()) {
            var checks = new SchemaChecks(database, superuser, schema);
            checks.rowSecurity();
            checks.keys();
            checks.refusals();
            checks.policies();
            checks.grants();
            checks.functions(union(KIT_FUNCTIONS, definers));
            checks.cleanUps();
            checks.untenanted(union(UNTENANTED, untenanted));
            checks.audited(union(UNAUDITED, unaudited));
            checks.appliesRollsBackAndAppliesAgain();
            superuser.begin();
            checks.everyPolicyIsMissed();
        }
    }

    private void rowSecurity() {
        nothing(
                "tenant tables without forced row level security",
                "select c.relname " + TENANT_TABLES + " and not (c.relrowsecurity and c.relforcerowsecurity)");
        nothing(
                "views that are not security_invoker",
                "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '%1$s'"
                        + " and c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)");
        nothing(
                "materialized views that the app role can read",
                "select matviewname from pg_matviews where schemaname = '%1$s'"
                        + " and has_table_privilege('%1$s_app', '%1$s.' || matviewname, 'select')");
    }

    private void keys() {
        nothing(
                "tenant tables whose keys or indexes that are unique do not lead with org_id",
                "select c.relname || '.' || i.indexrelid::regclass "
                        + TENANT_TABLES.replaceFirst("where", "join pg_index i on i.indrelid = c.oid where")
                        + " and i.indisunique and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0]) is distinct from 'org_id'");
        nothing(
                "tenant tables without a primary key, or one whose columns may be null",
                "select c.relname " + TENANT_TABLES + " and not exists (select from pg_index i where i.indrelid = c.oid"
                        + " and (i.indisprimary or i.indisunique and i.indnullsnotdistinct))");
        nothing(
                "foreign keys between tenant tables that do not carry org_id",
                "select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = '%1$s' and k.contype = 'f' and (select a.attname from pg_attribute a"
                        + " where a.attrelid = c.oid and a.attnum = k.conkey[1]) is distinct from 'org_id'");
        nothing(
                "foreign keys whose 'set null' would null org_id",
                "select k.conname from pg_constraint k join pg_namespace n on n.oid = k.connamespace where n.nspname = '%1$s'"
                        + " and k.contype = 'f' and k.confdeltype = 'n' and (k.confdelsetcols is null or k.conkey[1] = any (k.confdelsetcols))");
        // A failed one answers 422 with its name as the field. The row's own key (org_id, id) is exempt: the server
        // makes it.
        nothing(
                "foreign keys that are not named after their column as on the wire, such as \"contactId\"",
                "select c.relname || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid"
                        + " join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[cardinality(k.conkey)],"
                        + " replace(initcap(replace(a.attname, '_', ' ')), ' ', '') words"
                        + " where c.relnamespace = '%1$s'::regnamespace and k.contype = 'f' and a.attname not in ('id', 'org_id')"
                        + " and k.conname is distinct from lower(left(words, 1)) || substr(words, 2)");
        nothing(
                "tenant tables whose org_id can be changed",
                "select c.relname " + TENANT_TABLES
                        + " and has_table_privilege('%1$s_app', c.oid, 'update') and not c.relispartition"
                        + " and c.relname <> 'idempotency_keys' and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
                        + " where t.tgrelid = c.oid and p.proname = 'refuse_org_change')");
    }

    /** Of what a trigger raises, Hibernate passes on only the message, so the message begins with the constraint's name. */
    private void refusals() {
        nothing(
                "functions that raise SB409 without the constraint's name at the beginning of the message",
                "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = '%1$s'"
                        + " and p.prosrc like '%%SB409%%' and coalesce("
                        + "(select bool_or(strpos(p.prosrc, '''' || m[1] || ': ') = 0)"
                        + " from regexp_matches(p.prosrc, 'constraint = ''(\\w+)''', 'g') m), true)");
    }

    /** A policy a command that is granted, for the app role alone; and the owner's, which definer functions live by. */
    private void policies() {
        for (var command : List.of("select:r", "insert:a", "update:w", "delete:d")) {
            var parts = command.split(":");
            nothing(
                    "tenant tables with a grant but no policy for " + parts[0],
                    "select c.relname " + TENANT_TABLES
                            + " and " + (parts[0].equals("delete") ? "has_table_privilege" : "has_any_column_privilege")
                            + "('%1$s_app', c.oid, '" + parts[0]
                            + "') and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '"
                            + parts[1] + "' and p.polroles = array['%1$s_app'::regrole::oid])");
        }
        nothing(
                "tenant tables and directories without the owner's policy",
                "select c.relname " + TENANT_TABLES.replace(" and not c.relname like 'directory\\_%%'", "")
                        + " and not exists (select from pg_policy p where p.polrelid = c.oid"
                        + " and p.polcmd = '*' and p.polroles = array['%1$s_owner'::regrole::oid])");
        nothing(
                "policies of the app role that do not look at the tenant",
                "select tablename || '.' || policyname from pg_policies where schemaname = '%1$s' and '%1$s_app' = any (roles)"
                        + " and (coalesce(qual, with_check) not like '%%current_org_id()%%'"
                        + " or coalesce(with_check, qual) not like '%%current_org_id()%%')");
    }

    /** Drops one policy after the other, each for a moment, and wants the check of the policies to fail each time. */
    private void everyPolicyIsMissed() {
        var policies = query("select format('%%I on %%I.%%I', policyname, schemaname, tablename) from pg_policies"
                + " where schemaname = '%1$s'");
        var told = new TreeSet<String>();
        var notMissed = new TreeSet<String>();
        for (var policy : policies) {
            if (isMissed(policy)) {
                told.add("noticed: " + policy);
            } else {
                notMissed.add(policy);
            }
        }
        show(told);
        assertEquals(Set.of(), notMissed, "policies that could be dropped without a check failing");
    }

    private boolean isMissed(String policy) {
        superuser.run("drop policy " + policy);
        try {
            policies();
            return false;
        } catch (AssertionError missed) {
            return true;
        } finally {
            superuser.rollback();
        }
    }

    /** For docs/drop-each-policy.sh. */
    private void show(Set<String> lines) {
        try {
            Files.write(Path.of("target", "dropped-policies.txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void grants() {
        nothing(
                "directories that the app role can touch",
                "select relname from pg_class where relnamespace = '%1$s'::regnamespace and relname like 'directory\\_%%' and relkind = 'r'"
                        + " and (has_table_privilege('%1$s_app', oid, 'select') or has_table_privilege('%1$s_app', oid, 'insert')"
                        + " or has_table_privilege('%1$s_app', oid, 'update') or has_table_privilege('%1$s_app', oid, 'delete'))");
        nothing(
                "things that the app role owns, may truncate, or may create",
                "select relname from pg_class where relnamespace = '%1$s'::regnamespace and (relowner = '%1$s_app'::regrole"
                        + " or relkind in ('r', 'p') and has_table_privilege('%1$s_app', oid, 'truncate'))"
                        + " union select 'create in schema' where has_schema_privilege('%1$s_app', '%1$s', 'create')"
                        + " union select 'partition ' || relname from pg_class where relnamespace = '%1$s'::regnamespace and relispartition and relkind = 'r'"
                        + " and has_table_privilege('%1$s_app', oid, 'select, insert, update, delete, references, trigger')");
        nothing(
                "schemas of other services that the app role can use",
                "select nspname from pg_namespace where nspname in ('auth', 'crm', 'voice', 'audit') and nspname <> '%1$s'"
                        + " and has_schema_privilege('%1$s_app', nspname, 'usage')");
    }

    private void functions(Set<String> listed) {
        var found = query("select proname from pg_proc where pronamespace = '%1$s'::regnamespace and prosecdef");
        // Not every service includes every part of the kit; what it lists itself must be there.
        var expected = new TreeSet<>(listed);
        expected.removeIf(name -> KIT_FUNCTIONS.contains(name) && !found.contains(name));
        assertEquals(expected, found, "SECURITY DEFINER functions");
        nothing(
                "SECURITY DEFINER functions without a fixed search_path",
                "select proname from pg_proc where pronamespace = '%1$s'::regnamespace and prosecdef"
                        + " and not exists (select from unnest(proconfig) s where s like 'search_path=%1$s%%')");
        nothing(
                "SECURITY DEFINER functions that PUBLIC may execute",
                "select proname from pg_proc where pronamespace = '%1$s'::regnamespace and prosecdef"
                        + " and has_function_privilege('public', oid, 'execute')");
    }

    /** Rounds of clean-ups repeat them until they answer 0. */
    private void cleanUps() {
        nothing(
                "clean-ups that do not say how many of at most 1,000 rows they removed",
                "select proname from pg_proc where pronamespace = '%1$s'::regnamespace and proname ~ '^(forget|expire)_'"
                        + " and (prorettype <> 'int4'::regtype or prosrc !~ 'limit (1000|[1-9]\\d{0,2})\\M')");
    }

    private void untenanted(Set<String> listed) {
        var found = query(
                "select c.relname from pg_class c where c.relnamespace = '%1$s'::regnamespace and c.relkind in ('r', 'p')"
                        + " and c.relname not like 'directory\\_%%' and not exists (select from pg_attribute a where a.attrelid = c.oid"
                        + " and a.attname = 'org_id' and not a.attisdropped)");
        assertEquals(new TreeSet<>(listed), found, "tables without org_id");
    }

    private void audited(Set<String> except) {
        var found = query(
                "select c.relname " + TENANT_TABLES
                        + " and not c.relispartition and not exists (select from pg_trigger t"
                        + " join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid and p.proname = 'audit_change' and t.tgtype & 28 = 28)");
        found.removeAll(except);
        assertEquals(Set.of(), found, "tenant tables whose changes are not audited");
        nothing(
                "audited tables without a column id, which names the changed row in the audit trail",
                "select c.relname from pg_class c join pg_trigger t on t.tgrelid = c.oid join pg_proc p on p.oid = t.tgfoid"
                        + " where c.relnamespace = '%1$s'::regnamespace and p.proname = 'audit_change' and not exists (select"
                        + " from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and not a.attisdropped)");
    }

    private void appliesRollsBackAndAppliesAgain() {
        var again = database.name() + "_again";
        database.create(again);
        database.migrate(again, schema);
        database.rollBack(again, schema);
        var left =
                "select relname from pg_class where relnamespace = '%1$s'::regnamespace and relname not like 'databasechangelog%%'"
                        + " union select proname from pg_proc where pronamespace = '%1$s'::regnamespace"
                        + " union select typname from pg_type where typnamespace = '%1$s'::regnamespace and typtype = 'e'";
        assertEquals(
                List.of(), database.sql(again, schema).column(left.formatted(schema)), "what a full rollback leaves");
        database.migrate(again, schema);
    }

    private void nothing(String what, String sql) {
        assertEquals(Set.of(), query(sql), what);
    }

    private Set<String> query(String sql) {
        return new TreeSet<>(superuser.column(sql.formatted(schema)));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }
}
