--liquibase formatted sql

--changeset crm:sla-002-policy-triggers
create trigger touch before update on sla_policies for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on sla_policies for each row execute function refuse_org_change();
create trigger next_version before update on sla_policies for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on sla_policies for each row execute function audit_change();
create trigger recompute_sla_first after insert on sla_policies for each row execute function owe_sla_recompute();
create trigger recompute_sla after update on sla_policies for each row
    when ((old.first_response_minutes, old.resolution_minutes) is distinct from (new.first_response_minutes, new.resolution_minutes))
    execute function owe_sla_recompute();
--rollback drop trigger recompute_sla on sla_policies;
--rollback drop trigger recompute_sla_first on sla_policies;
--rollback drop trigger audit on sla_policies;
--rollback drop trigger next_version on sla_policies;
--rollback drop trigger refuse_org_change on sla_policies;
--rollback drop trigger touch on sla_policies;

--changeset crm:sla-002-calendar-triggers
create trigger recompute_sla_first after insert on organization_settings for each row execute function owe_sla_recompute();
create trigger recompute_sla after update on organization_settings for each row
    when ((old.time_zone, old.business_hours, old.closures) is distinct from (new.time_zone, new.business_hours, new.closures))
    execute function owe_sla_recompute();
--rollback drop trigger recompute_sla on organization_settings;
--rollback drop trigger recompute_sla_first on organization_settings;

--changeset crm:sla-002-ticket-triggers
create trigger sla_first before insert on tickets for each row execute function keep_ticket_sla();
create trigger sla before update on tickets for each row
    when ((old.status, old.priority) is distinct from (new.status, new.priority)) execute function keep_ticket_sla();
--rollback drop trigger sla on tickets;
--rollback drop trigger sla_first on tickets;
