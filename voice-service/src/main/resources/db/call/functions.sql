--liquibase formatted sql

--changeset voice:call-only-goes-on runOnChange:true splitStatements:false
-- A call never goes back, but one that has not ended may become unknown, and go on from there; and a state that was taken from a leg
-- is given back.
create or replace function call_only_goes_on() returns trigger language plpgsql as $$
begin
    if (old.evidence ->> 'status') is null and (old.status = 'ended' or new.status <> 'unknown') then
        raise exception using errcode = 'SB409', constraint = 'call_transition_illegal',
            message = format('call_transition_illegal: a call that is %s cannot become %s', old.status, new.status);
    end if;
    return new;
end
$$;
create or replace trigger only_goes_on before update on call_logs
    for each row when (new.status < old.status) execute function call_only_goes_on();
--rollback drop trigger only_goes_on on call_logs;
--rollback drop function call_only_goes_on();

--changeset voice:call-transcript-words runOnChange:true splitStatements:false
-- Words of any language, as they are spoken. A tsvector holds a mebibyte, hence the cut: two hours of talk.
create or replace function transcript_words(transcript text) returns tsvector language sql immutable parallel safe
    return to_tsvector('simple'::regconfig, left(transcript, 100000));
--rollback drop function transcript_words(text);

--changeset voice:call-transcript-came runOnChange:true splitStatements:false
-- The audit trail shows that a call's transcript came, not its text, and not again whenever the talk goes on.
create or replace function record_transcript() returns trigger language plpgsql as $$
declare
    event_id constant uuid := uuid_v7();
begin
    insert into outbox (org_id, id, event) values (new.org_id, event_id, audit_event(event_id, new.org_id, jsonb_build_object(
        'action', 'create', 'resourceType', 'call_transcripts', 'resourceId', new.call_id,
        'newData', jsonb_build_object('transcript', '[redacted]'))));
    return null;
end
$$;
create or replace trigger audit after insert on call_transcripts for each row execute function record_transcript();
--rollback drop trigger audit on call_transcripts;
--rollback drop function record_transcript();

--changeset voice:call-search-transcripts runOnChange:true splitStatements:false
-- Under row security the match operator does not reach an index (it is not leakproof), so this runs as the owner and
-- filters by the tenant itself; of the calls it names, the caller sees those that row security shows. What was said on a leg
-- leads to the leg's head.
create or replace function search_transcripts(words text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, ext, pg_temp as $$
    select coalesce(l.head_id, t.call_id) from call_transcripts t
    left join call_logs l on l.org_id = t.org_id and l.id = t.call_id and l.head_id is not null
    where t.org_id = current_org_id() and t.words is not null
        and t.words @@ websearch_to_tsquery('simple'::regconfig, search_transcripts.words)
$$;
revoke all on function search_transcripts(text) from public;
grant execute on function search_transcripts(text) to ${schema}_app;
--rollback drop function search_transcripts(text);
