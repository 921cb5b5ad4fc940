package io.switchboard.voice.answer;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.UUID;

/** A voice agent that answers the organization's number, and the member who owns it. */
record FrontDesk(UUID orgId, UUID owner, UUID agent) {
    /** As in the providers' samples. */
    static final String NUMBER = "+15555550100";

    static FrontDesk open(Caller acme) {
        var desk = new FrontDesk(acme.orgId(), UUID.randomUUID(), UUID.randomUUID());
        desk.run(
                "insert into members (org_id, id, name, email, role, is_active, max_agents, monthly_token_quota, version)"
                        + " values (:org, :owner, 'Ada', 'ada@acme.test', 'user', true, 3, 1000, 1)",
                "insert into agents (org_id, id, owner_id, name, first_message, system_prompt, personality_tone, voice, model)"
                        + " values (:org, :agent, :owner, 'Front desk', 'Acme, hello.', 'You are the front desk.', 'Warm', 'alloy',"
                        + " 'gpt-4o')",
                "insert into phone_numbers (org_id, number, provider, agent_id) values (:org, '" + NUMBER
                        + "', 'vapi', :agent)");
        return desk;
    }

    /** Gives the number to a client, whose assistant differs. */
    UUID forClient(String columns, String values) {
        var client = UUID.randomUUID();
        run(
                "insert into clients (org_id, id, company_name, is_active, version) values (:org, '" + client
                        + "', 'Globex', true, 1)",
                "update phone_numbers set client_id = '" + client + "' where org_id = :org",
                "insert into client_assistants (org_id, client_id, agent_id, " + columns + ") values (:org, '" + client
                        + "', :agent, " + values + ")");
        return client;
    }

    void run(String... statements) {
        for (var statement : statements) {
            Sql.superuser().withoutTriggers().run(filled(statement));
        }
    }

    String column(String sql) {
        return String.join("\n", Sql.superuser().column(filled(sql)));
    }

    private String filled(String sql) {
        return sql.replace(":org", "'" + orgId + "'")
                .replace(":owner", "'" + owner + "'")
                .replace(":agent", "'" + agent + "'");
    }
}
