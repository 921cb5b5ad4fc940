--liquibase formatted sql

--changeset voice:analytics-002-triggers
create trigger local_time_first before insert on call_logs for each row execute function set_local_time();
create trigger local_time before update on call_logs for each row
    when (old.started_at is distinct from new.started_at) execute function set_local_time();
create constraint trigger count_calls_first after insert or delete on call_logs
    deferrable initially deferred for each row execute function count_call();
-- Most changes of a call change nothing that is counted, and cost this comparison.
create constraint trigger count_calls after update on call_logs deferrable initially deferred for each row
    when ((old.head_id is null or new.head_id is null)
        and (old.head_id, old.local_day, old.local_hour, old.client_id, old.assistant_id, old.agent_id, old.owner_id, old.provider,
            old.direction, old.from_e164, old.to_e164, old.status = 'ended', old.answered, old.answered_by, old.duration_seconds, old.cost,
            old.currency, old.tokens, old.success, old.ended_reason)
        is distinct from (new.head_id, new.local_day, new.local_hour, new.client_id, new.assistant_id, new.agent_id, new.owner_id,
            new.provider, new.direction, new.from_e164, new.to_e164, new.status = 'ended', new.answered, new.answered_by, new.duration_seconds,
            new.cost, new.currency, new.tokens, new.success, new.ended_reason))
    execute function count_call();
--rollback drop trigger count_calls on call_logs;
--rollback drop trigger count_calls_first on call_logs;
--rollback drop trigger local_time on call_logs;
--rollback drop trigger local_time_first on call_logs;
