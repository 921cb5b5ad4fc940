package io.switchboard.voice.answer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Provider;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds who is to answer a call that begins, in one statement, and keeps who was told to. */
@ApplicationScoped
class AnswerableCalls {
    private static final Logger LOG = Logger.getLogger(AnswerableCalls.class);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** By the called number, else by the assistant that the provider has chosen. What a client's assistant sets goes first. */
    private static final String FIND = "select w.client_id, w.assistant_id, a.id as agent_id, w.owner_id,"
            + " a.name, a.personality_tone, a.system_prompt, a.language, a.allowed_tools,"
            + " s.display_name, coalesce(s.first_message, a.first_message) as first_message, coalesce(s.voice, a.voice) as voice,"
            + " coalesce(s.model, a.model) as model, coalesce(s.eval_method, a.eval_method) as eval_method,"
            + " coalesce(s.max_call_duration, a.max_call_duration) as max_call_duration,"
            + " coalesce(case when s.provider = $3 then s.provider_assistant_id end,"
            + " case when coalesce(a.provider, $3) = $3 then a.provider_assistant_id end) as provider_assistant_id,"
            + " coalesce(o.is_active, true) and coalesce(k.is_active, true) and coalesce(m.is_active, true)"
            + " and coalesce(s.is_active, true) and coalesce(a.status = 'active', true)"
            + " and not coalesce(u.is_used_up, false) as is_open,"
            + " (select max(c.started_at) from ("
            + "(select f.started_at from call_logs f where f.org_id = $1 and f.from_e164 = $5 and f.ended_at is not null"
            + " order by f.started_at desc, f.id desc limit 1) union all"
            + " (select t.started_at from call_logs t where t.org_id = $1 and t.to_e164 = $5 and t.ended_at is not null"
            + " order by t.started_at desc, t.id desc limit 1)) c) as last_call_at"
            + " from (select 1 as place, n.* from attribution_of_number($1, $2) n where num_nonnulls(n.agent_id, n.assistant_id) > 0"
            + " union all select 2, p.* from attribution_of_assistant($1, $3, $4, $2) p order by place limit 1) w"
            + " left join client_assistants s on s.org_id = $1 and s.id = w.assistant_id"
            + " left join agents a on a.org_id = $1 and a.id = w.agent_id"
            + " left join clients k on k.org_id = $1 and k.id = w.client_id"
            + " left join members m on m.org_id = $1 and m.id = w.owner_id"
            + " left join organization_settings o on o.org_id = $1 and o.id = $1"
            + " left join lateral usage_of_month(w.owner_id, null) u on w.owner_id is not null";

    private static final String RECORD = "select record_call_answer($1, $2, $3, $4, $5, $6)";

    private final TenantSql sql;

    AnswerableCalls(TenantSql sql) {
        this.sql = sql;
    }

    /**
     * Null where nothing is known of the number or the assistant.
     *
     * @param to E.164, as {@code from}
     */
    Uni<@Nullable AnsweringAssistant> find(
            CallerContext caller,
            Provider provider,
            @Nullable String to,
            @Nullable String assistantId,
            @Nullable String from) {
        var args = Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(to)
                .addValue(provider.name())
                .addValue(assistantId)
                .addValue(from);
        return sql.first(caller, FIND, args, AnsweringAssistant::of);
    }

    /** Whose call it will be. Without this the number tells, so no failure and no delay is a reason to answer less. */
    Uni<Void> record(CallerContext caller, Provider provider, LiveCall call, AnsweringAssistant assistant) {
        if (call.id() == null) {
            return Uni.createFrom().voidItem();
        }
        var args = Tuple.tuple()
                .addValue(provider.name())
                .addValue(call.id())
                .addValue(assistant.clientId())
                .addValue(assistant.assistantId())
                .addValue(assistant.agentId())
                .addValue(assistant.ownerId());
        return sql.call(caller, RECORD, args)
                .replaceWithVoid()
                .ifNoItem()
                .after(LONGEST_WAIT)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.warnf("Who answers a call was not kept: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
