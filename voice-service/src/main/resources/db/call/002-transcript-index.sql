--liquibase formatted sql

--changeset voice:call-002-transcript-index
create index call_logs_words on call_logs using gin (org_id, transcript_words(transcript)) where transcript is not null;
--rollback drop index call_logs_words;
