--liquibase formatted sql

--changeset crm:embedding-001-chunks
-- What readers see of articles, cut into chunks, and the vector of each by the model that it was embedded with last. The vector's
-- numbers are floats of four bytes, the highest first. No foreign key: see lock_chunks.
create table kb_chunks (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    article_id uuid not null,
    nth int not null,                    -- in the article
    text text not null,                  -- the article's title, a line break, a part of its content
    model text not null default '',      -- of the vector; '' before the first
    vector bytea,
    revision bigint not null default 0,  -- of the organization's chunks, when the vector was written
    primary key (org_id, id)
);
create index kb_chunks_of_article on kb_chunks (org_id, article_id, nth);
create index kb_chunks_by_revision on kb_chunks (org_id, revision, id);
create index kb_chunks_by_model on kb_chunks (model, org_id);
-- A vector does not shrink, and all of an organization are read at once: they stay in the rows.
alter table kb_chunks alter column vector set storage main;

alter table kb_chunks enable row level security, force row level security;
create policy own_org_select on kb_chunks for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on kb_chunks for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on kb_chunks for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on kb_chunks for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on kb_chunks to ${schema}_owner using (true) with check (true);
grant select, insert, update (model, vector, revision), delete on kb_chunks to ${schema}_app;
--rollback drop table kb_chunks;

--changeset crm:embedding-001-revisions
-- By it replicas know whether the vectors that they hold are all there are, and none too many.
create table kb_chunk_revisions (
    org_id uuid primary key,
    revision bigint not null default 0,  -- of the last change
    removed_at bigint not null default 0 -- the revision at which chunks were removed last
);
alter table kb_chunk_revisions enable row level security, force row level security;
create policy own_org_select on kb_chunk_revisions for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on kb_chunk_revisions for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on kb_chunk_revisions for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on kb_chunk_revisions to ${schema}_owner using (true) with check (true);
grant select, insert, update (revision, removed_at) on kb_chunk_revisions to ${schema}_app;
--rollback drop table kb_chunk_revisions;
