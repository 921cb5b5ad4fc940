--liquibase formatted sql

--changeset voice:agent-check-agent-limit runOnChange:true splitStatements:false
-- Counts an owner's agents, and refuses one more than the plan allows. The limit is that of the owner's copy in members; while that has
-- not arrived, such as right after sign-up, the limit of the owner's own access token (app.max_agents); without both, none is allowed.
-- An owner who goes to another counts there.
create or replace function check_agent_limit() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    allowed int;
begin
    if tg_op <> 'DELETE' and new.org_id is distinct from current_org_id() then
        return new; -- the policy refuses it
    end if;
    if tg_op = 'UPDATE' and new.owner_id = old.owner_id then
        return new;
    end if;
    if tg_op <> 'INSERT' then
        update agent_counts c set agents = c.agents - 1 where c.org_id = old.org_id and c.owner_id = old.owner_id;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    allowed := coalesce(
        (select m.max_agents from members m where m.org_id = new.org_id and m.id = new.owner_id),
        nullif(current_setting('app.max_agents', true), '')::int,
        0);
    insert into agent_counts (org_id, owner_id, agents) values (new.org_id, new.owner_id, 0) on conflict do nothing;
    update agent_counts c set agents = c.agents + 1
    where c.org_id = new.org_id and c.owner_id = new.owner_id and c.agents < allowed;
    if not found then
        raise exception using errcode = 'SB409', constraint = 'agent_limit_reached',
            message = 'agent_limit_reached: agent limit reached';
    end if;
    return new;
end
$$;
revoke all on function check_agent_limit() from public;
create or replace trigger enforce_agent_limit before insert or delete or update of owner_id on agents
    for each row execute function check_agent_limit();
--rollback drop trigger enforce_agent_limit on agents;
--rollback drop function check_agent_limit();
