--liquibase formatted sql

--changeset auth:organization-002-directory
-- Deferred, because a slug is claimed by the very statement that inserts its organization.
create table directory_slugs (
    key text primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references organizations (org_id, id) on delete cascade deferrable initially deferred
);
create index directory_slugs_of on directory_slugs (org_id, id);
alter table directory_slugs enable row level security, force row level security;
create policy owner on directory_slugs to auth_owner using (true) with check (true);
--rollback drop table directory_slugs;

--changeset auth:organization-002-claim-slug splitStatements:false
-- The slug for the current organization: the one wished for, else with a suffix, since names may repeat.
create function claim_slug(wish text) returns text
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    candidate text := wish;
begin
    loop
        insert into directory_slugs (key, org_id, id) values (candidate, current_org_id(), current_org_id())
            on conflict (key) do nothing;
        if found then
            return candidate;
        end if;
        candidate := wish || '-' || left(gen_random_uuid()::text, 6);
    end loop;
end
$$;
revoke all on function claim_slug(text) from public;
grant execute on function claim_slug(text) to auth_app;
--rollback drop function claim_slug(text);
