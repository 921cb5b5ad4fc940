--liquibase formatted sql

--changeset crm:lock-chunks splitStatements:false runOnChange:true
-- Each change of an organization's chunks waits here first: so none is added to an article that goes, an older text never comes
-- after a newer one, and changes become visible in the order of their revisions. Answers the revision before.
create or replace function lock_chunks(org uuid) returns bigint language sql as $$
    insert into kb_chunk_revisions as r (org_id) values (org)
    on conflict (org_id) do update set revision = r.revision returning r.revision
$$;
--rollback drop function lock_chunks(uuid);

--changeset crm:replace-chunks splitStatements:false runOnChange:true
-- Makes the texts the chunks of an article, after lock_chunks. Equal ones keep their vectors.
create or replace function replace_chunks(org uuid, article uuid, texts text[]) returns void language plpgsql as $$
begin
    if texts is not distinct from (
        select array_agg(c.text order by c.nth) from kb_chunks c where c.org_id = org and c.article_id = article) then
        return;
    end if;
    delete from kb_chunks c where c.org_id = org and c.article_id = article;
    if found then
        update kb_chunk_revisions r set revision = r.revision + 1, removed_at = r.revision + 1 where r.org_id = org;
    end if;
    insert into kb_chunks (org_id, article_id, nth, text)
    select org, article, t.nth, t.text from unnest(texts) with ordinality t (text, nth);
end
$$;
--rollback drop function replace_chunks(uuid, uuid, text[]);

--changeset crm:save-vectors splitStatements:false runOnChange:true
-- Stores vectors of chunks; those of chunks that are gone meanwhile go with them.
create or replace function save_vectors(org uuid, by_model text, ids uuid[], vectors bytea[]) returns void language plpgsql as $$
declare
    next constant bigint := lock_chunks(org) + 1;
begin
    update kb_chunk_revisions r set revision = next where r.org_id = org;
    update kb_chunks c set model = by_model, vector = v.vector, revision = next
    from unnest(ids, vectors) v (id, vector) where c.org_id = org and c.id = v.id;
end
$$;
--rollback drop function save_vectors(uuid, text, uuid[], bytea[]);

--changeset crm:remove-chunks splitStatements:false runOnChange:true
create or replace function remove_chunks() returns trigger language plpgsql as $$
begin
    perform lock_chunks(old.org_id);
    perform replace_chunks(old.org_id, old.id, '{}');
    return old;
end
$$;
--rollback drop function remove_chunks();

--changeset crm:queue-embeddings splitStatements:false runOnChange:true
-- Queues articles with chunks of another model, or of none, and answers how many: of organizations that have none queued, at most
-- 1,000 at a time. As the owner, since it works for all tenants.
create or replace function queue_embeddings(current_model text) returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    queued int := 0;
begin
    if try_lock_job('queue_embeddings') then
        insert into work (org_id, kind, payload)
        select s.org_id, 'embed_article', jsonb_build_object('articleId', s.article_id)
        from (
            select distinct c.org_id, c.article_id from (
                (select b.org_id, b.article_id from kb_chunks b
                where b.model < left(current_model, 100) and not exists (
                    select from work w where w.kind = 'embed_article' and w.state = 'pending' and w.org_id = b.org_id)
                limit 10000)
                union all
                (select a.org_id, a.article_id from kb_chunks a
                where a.model > left(current_model, 100) and not exists (
                    select from work w where w.kind = 'embed_article' and w.state = 'pending' and w.org_id = a.org_id)
                limit 10000)) c
            limit 1000) s;
        get diagnostics queued = row_count;
    end if;
    return queued;
end
$$;
revoke all on function queue_embeddings(text) from public;
grant execute on function queue_embeddings(text) to ${schema}_app;
--rollback drop function queue_embeddings(text);
