--liquibase formatted sql

--changeset crm:my-teams splitStatements:false runOnChange:true
-- The teams whose tickets the caller sees: an agent's. Memberships of others than agents do not count, should there be any.
create or replace function my_teams() returns uuid[] language sql stable as $$
    select coalesce(array_agg(m.team_id), '{}') from team_members m
    where m.org_id = current_org_id() and m.user_id = current_user_id() and current_role_name() = 'agent'
$$;
--rollback drop function my_teams();

--changeset crm:take-over-default splitStatements:false runOnChange:true
-- An organization has one default team at most: a new one takes the place of the old one.
create or replace function take_over_default() returns trigger language plpgsql as $$
begin
    update teams t set is_default = false where t.org_id = new.org_id and t.id <> new.id and t.is_default;
    return new;
end
$$;
--rollback drop function take_over_default();
