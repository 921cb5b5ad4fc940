--liquibase formatted sql

--changeset crm:assignment-001-triggers
create trigger default_team before insert on tickets for each row
    when (new.assigned_agent_id is null and new.assigned_team_id is null) execute function take_new_ticket();
-- An agent's own new ticket is no news to the agent.
create trigger taken after insert on tickets for each row
    when (new.assigned_agent_id is null and new.assigned_team_id is not null) execute function announce_assignment();
create trigger assigned after update on tickets for each row
    when (old.assigned_agent_id is distinct from new.assigned_agent_id and new.assigned_agent_id is not null
        or (old.assigned_agent_id, old.assigned_team_id) is distinct from (new.assigned_agent_id, new.assigned_team_id)
            and new.assigned_agent_id is null and new.assigned_team_id is not null)
    execute function announce_assignment();
--rollback drop trigger assigned on tickets;
--rollback drop trigger taken on tickets;
--rollback drop trigger default_team on tickets;
