--liquibase formatted sql

--changeset kit:work-001-work
-- Work in the background: a handler for each kind runs it at least once. While a piece is leased, next_attempt_at is when the
-- lease ends, so that one index finds what is due.
create table work (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    kind text not null,
    payload jsonb not null,
    progress jsonb,                  -- where the next try continues
    state text not null default 'pending' check (state in ('pending', 'done', 'dead')),
    attempts int not null default 0, -- tries begun
    losses int not null default 0,   -- leases that ran out since the last progress
    next_attempt_at timestamptz not null default now(),
    lease uuid,
    error text,                      -- of the last failed try
    result jsonb,
    created_at timestamptz not null default now(),
    finished_at timestamptz,         -- when it was done or dead
    primary key (org_id, id)
);
create index work_due on work (kind, org_id, next_attempt_at, id) where state = 'pending';
create index work_leased on work (lease) where lease is not null;
create index work_done on work (finished_at) where state = 'done';
alter table work enable row level security, force row level security;
create policy own_org_select on work for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on work for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on work for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on work to ${schema}_owner using (true) with check (true);
grant select, insert, update (progress, losses) on work to ${schema}_app;
--rollback drop table work;
