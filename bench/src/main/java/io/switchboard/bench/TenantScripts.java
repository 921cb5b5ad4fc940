package io.switchboard.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Statements of a service for pgbench, as its app role; of crm-service unless it says so: a script for each tenant, since pgbench cannot pick one by itself. */
final class TenantScripts {
    private static final String OF_THE_TRAIL =
            ", set_config('app.service', '', true), set_config('app.ip', '127.0.0.1', true),"
                    + " set_config('app.user_agent', '', true)";

    private TenantScripts() {}

    /** @param script of the tenant with a number, from 0; {@code :org0} and {@code :user0} are the first one's ids */
    static Pgbench.Work work(List<Tenants.Tenant> tenants, IntFunction<String> script) {
        return work("admin", tenants, script);
    }

    /** Statements of voice-service. */
    static Pgbench.Work ofVoice(List<Tenants.Tenant> tenants, IntFunction<String> script) {
        return ofVoice("admin", tenants, script);
    }

    static Pgbench.Work ofVoice(String role, List<Tenants.Tenant> tenants, IntFunction<String> script) {
        var work = work(role, tenants, script);
        return new Pgbench.Work("voice_app", work.scripts(), work.variables());
    }

    /** @param role of the callers in their organizations */
    static Pgbench.Work work(String role, List<Tenants.Tenant> tenants, IntFunction<String> script) {
        Map<String, String> variables = new LinkedHashMap<>(
                Map.of("role", role, "request", UUID.randomUUID().toString()));
        for (int i = 0; i < tenants.size(); i++) {
            variables.put("org" + i, tenants.get(i).orgId().toString());
            variables.put("user" + i, tenants.get(i).userId().toString());
        }
        List<String> scripts =
                IntStream.range(0, tenants.size()).mapToObj(script).toList();
        return new Pgbench.Work("crm_app", scripts, variables);
    }

    /**
     * A transaction with one statement that may write, in one round trip, as crm-service sends it.
     *
     * @param lines pgbench's own, before it
     * @param statement in which {@code {{tenant}}} is the tenant's number
     */
    static String transaction(int tenant, String lines, String statement) {
        return transaction(tenant, lines, OF_THE_TRAIL, statement);
    }

    /** The same for a read, for which crm-service leaves out what only the audit trail tells. */
    static String read(int tenant, String lines, String statement) {
        return transaction(tenant, lines, "", statement);
    }

    /** The same for a page of a list, which crm-service has read in the order of an index. */
    static String page(int tenant, String lines, String statement) {
        return transaction(
                tenant, lines, ", set_config('enable_sort', 'off', true), set_config('jit', 'off', true)", statement);
    }

    private static String transaction(int tenant, String lines, String settings, String statement) {
        return Script.of(
                        "transaction.sql", Map.of("lines", lines, "settings", settings, "statement", statement.strip()))
                .replace("{{tenant}}", Integer.toString(tenant));
    }
}
