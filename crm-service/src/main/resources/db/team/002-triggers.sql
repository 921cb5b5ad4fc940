--liquibase formatted sql

--changeset crm:team-002-triggers
create trigger default_team before insert or update on teams for each row
    when (new.is_default) execute function take_over_default();
create trigger touch before update on teams for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on teams for each row execute function refuse_org_change();
create trigger next_version before update on teams for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on teams for each row execute function audit_change();
--rollback drop trigger audit on teams;
--rollback drop trigger next_version on teams;
--rollback drop trigger refuse_org_change on teams;
--rollback drop trigger touch on teams;
--rollback drop trigger default_team on teams;

--changeset crm:team-002-member-triggers
create trigger touch before update on team_members for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on team_members for each row execute function refuse_org_change();
create trigger next_version before update on team_members for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on team_members for each row execute function audit_change();
--rollback drop trigger audit on team_members;
--rollback drop trigger next_version on team_members;
--rollback drop trigger refuse_org_change on team_members;
--rollback drop trigger touch on team_members;
