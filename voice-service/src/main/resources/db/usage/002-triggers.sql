--liquibase formatted sql

--changeset voice:usage-002-triggers
create constraint trigger record_run_first after insert on call_logs deferrable initially deferred for each row
    when (new.status = 'ended' and new.owner_id is not null) execute function record_call_run();
create constraint trigger record_run_last after delete on call_logs deferrable initially deferred for each row
    when (old.owner_id is not null) execute function record_call_run();
-- Most changes of a call change nothing of its run, and cost this comparison.
create constraint trigger record_run after update on call_logs deferrable initially deferred for each row
    when ((old.owner_id is not null or new.owner_id is not null) and (old.status = 'ended' or new.status = 'ended')
        and (old.head_id, old.status = 'ended', old.owner_id, old.agent_id, old.local_day, old.started_at, old.ended_at,
            old.duration_seconds, old.tokens, old.cost, old.currency)
        is distinct from (new.head_id, new.status = 'ended', new.owner_id, new.agent_id, new.local_day, new.started_at,
            new.ended_at, new.duration_seconds, new.tokens, new.cost, new.currency))
    execute function record_call_run();
--rollback drop trigger record_run on call_logs;
--rollback drop trigger record_run_last on call_logs;
--rollback drop trigger record_run_first on call_logs;
