--liquibase formatted sql

--changeset crm:calendar-001-feeds
-- Secret links at which calendar apps read appointments, without signing in.
create table calendar_feeds (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    token_hash bytea not null, -- SHA-256
    assignee_id uuid,          -- whose appointments it shows; null for everybody's
    created_by uuid not null,  -- the user, or the access key
    created_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "assigneeId" foreign key (org_id, assignee_id) references members (org_id, id)
);
create index calendar_feeds_newest on calendar_feeds (org_id, created_at desc, id desc);
create index calendar_feeds_own on calendar_feeds (org_id, created_by, created_at desc, id desc);

-- A link acts for the person who made it: admins see and end all of them.
alter table calendar_feeds enable row level security, force row level security;
create policy own_org_select on calendar_feeds for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or created_by = (select current_user_id())));
create policy own_org_insert on calendar_feeds for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and created_by = (select current_user_id()));
create policy own_org_delete on calendar_feeds for delete to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or created_by = (select current_user_id())));
create policy owner on calendar_feeds to ${schema}_owner using (true) with check (true);
grant select, insert, delete on calendar_feeds to ${schema}_app;

create trigger refuse_org_change before update on calendar_feeds for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on calendar_feeds for each row execute function audit_change('token_hash');
--rollback drop table calendar_feeds;

--changeset crm:calendar-001-directory
-- A request names only a token; this is its feed. The foreign key removes the row with the feed.
create table directory_calendar_feeds (
    key bytea primary key, -- SHA-256 of the token
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references calendar_feeds (org_id, id) on delete cascade
);
create index directory_calendar_feeds_of on directory_calendar_feeds (org_id, id);
alter table directory_calendar_feeds enable row level security, force row level security;
create policy owner on directory_calendar_feeds to ${schema}_owner using (true) with check (true);
--rollback drop table directory_calendar_feeds;
