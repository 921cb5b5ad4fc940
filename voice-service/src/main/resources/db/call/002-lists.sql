--liquibase formatted sql

--changeset voice:call-002-filters
-- In the keyset order of the list. A direction is a literal in the SQL, as a status is.
create index call_logs_inbound on call_logs (org_id, started_at desc, id desc) where direction = 'inbound';
create index call_logs_outbound on call_logs (org_id, started_at desc, id desc) where direction = 'outbound';
create index call_logs_web on call_logs (org_id, started_at desc, id desc) where direction = 'web';
create index call_logs_assistant on call_logs (org_id, assistant_id, started_at desc, id desc) where assistant_id is not null;
create index call_logs_from on call_logs (org_id, from_e164, started_at desc, id desc) where from_e164 is not null;
create index call_logs_to on call_logs (org_id, to_e164, started_at desc, id desc) where to_e164 is not null;
--rollback drop index call_logs_to;
--rollback drop index call_logs_from;
--rollback drop index call_logs_assistant;
--rollback drop index call_logs_web;
--rollback drop index call_logs_outbound;
--rollback drop index call_logs_inbound;

--changeset voice:call-002-transcript-words splitStatements:false
-- Words of any language, as they are spoken. A tsvector holds a mebibyte, hence the cut: two hours of talk.
create function transcript_words(transcript text) returns tsvector language sql immutable parallel safe
    return to_tsvector('simple'::regconfig, left(transcript, 100000));
create index call_logs_words on call_logs using gin (org_id, transcript_words(transcript)) where transcript is not null;

-- Under row security the match operator does not reach an index (it is not leakproof), so this runs as the owner and keeps
-- to the tenant itself; whoever asks still sees only those of the calls that row security shows.
create function search_transcripts(words text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, ext, pg_temp as $$
    select c.id from call_logs c
    where c.org_id = current_org_id() and c.transcript is not null
        and transcript_words(c.transcript) @@ websearch_to_tsquery('simple'::regconfig, words)
$$;
revoke all on function search_transcripts(text) from public;
grant execute on function search_transcripts(text) to ${schema}_app;
--rollback drop function search_transcripts(text);
--rollback drop index call_logs_words;
--rollback drop function transcript_words(text);
