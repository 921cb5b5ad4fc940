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
-- Words of any language, as they are spoken. A tsvector holds a mebibyte: of a text with more different words than that the first
-- half is searched, or its first half. No talk of people comes near it. Without notices: there is one a word of 2 KiB, and each is logged.
create or replace function transcript_words(transcript text) returns tsvector language plpgsql immutable
    set client_min_messages = warning as $$
declare
    searched text := transcript;
begin
    loop
        begin
            return to_tsvector('simple'::regconfig, searched);
        exception when program_limit_exceeded then
            searched := left(searched, char_length(searched) / 2);
        end;
    end loop;
end
$$;
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

--changeset voice:call-said runOnChange:true splitStatements:false
-- What the fragments of a call say, in their order; null without any.
create or replace function said_in_call(call uuid) returns text language sql stable as $$
    select left(string_agg(
            case f.speaker when 'agent' then 'AI: ' when 'contact' then 'User: ' else '' end || f.said,
            E'\n' order by f.sequence, f.said_at, f.key), 4194304)
    from (
        select * from call_fragments a where a.org_id = (select current_org_id()) and a.call_id = call
        order by a.sequence, a.said_at, a.key limit 20000) f
$$;
--rollback drop function said_in_call(uuid);

--changeset voice:call-transcript-of runOnChange:true splitStatements:false
-- What is known to have been said in a call, over or not; null without any. What is told may outweigh what is kept already.
create or replace function transcript_of(call uuid) returns text language sql stable as $$
    select coalesce((
        select t.transcript from (
            select a.transcript, a.weight from call_transcripts a where a.org_id = (select current_org_id()) and a.call_id = call
            union all
            select b.transcript, b.weight from call_talks b where b.org_id = (select current_org_id()) and b.call_id = call) t
        order by t.weight desc limit 1), said_in_call(call))
$$;
--rollback drop function transcript_of(uuid);

--changeset voice:call-settle-transcript runOnChange:true splitStatements:false
-- Makes the transcript of a call that is over of what was told before: all of the talk, else the fragments, which weigh less than
-- any. A weightier one that is there stays, and what is there gets its words.
create or replace function settle_transcript(call uuid) returns void language plpgsql as $$
declare
    org constant uuid := current_org_id();
    talk call_talks;
    told text;
begin
    delete from call_talks t where t.org_id = org and t.call_id = call returning * into talk;
    if talk.call_id is not null then
        perform save_transcript(call, talk.transcript, talk.weight);
    elsif not exists (select from call_transcripts t where t.org_id = org and t.call_id = call and t.weight >= 0) then
        told := said_in_call(call);
        insert into call_transcripts as t (org_id, call_id, transcript, weight, words)
        select org, call, told, -1, transcript_words(told) where told is not null
        on conflict (org_id, call_id) do update set transcript = excluded.transcript, words = excluded.words
        where t.weight = -1 and t.transcript is distinct from excluded.transcript;
    end if;
end
$$;
--rollback drop function settle_transcript(uuid);

--changeset voice:call-save-transcript runOnChange:true splitStatements:false
-- Keeps the weightier transcript of a call that is over. Of equal weight the lesser text: arbitrary, but the same in any order.
create or replace function save_transcript(call uuid, told text, told_weight bigint) returns void language sql as $$
    insert into call_transcripts as t (org_id, call_id, transcript, weight, words)
    values (current_org_id(), call, told, told_weight, transcript_words(told))
    on conflict (org_id, call_id) do update
    set transcript = excluded.transcript, weight = excluded.weight, words = excluded.words
    where t.weight < excluded.weight
        or t.weight = excluded.weight and excluded.transcript collate "C" < t.transcript collate "C"
$$;
--rollback drop function save_transcript(uuid, text, bigint);

--changeset voice:call-provider-of-number runOnChange:true splitStatements:false
-- Where calls to one of the organization's own numbers arrive; null for another number.
create or replace function provider_of_number(own_number text) returns text language sql stable as $$
    select n.provider from phone_numbers n where n.org_id = (select current_org_id()) and n.number = own_number
$$;
--rollback drop function provider_of_number(text);
