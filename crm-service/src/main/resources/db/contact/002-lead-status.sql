--liquibase formatted sql

--changeset crm:contact-002-lead-status splitStatements:false
-- Forward one step at a time; anything may be lost, and what is lost is contacted again.
create function keep_lead_status_legal() returns trigger language plpgsql as $$
begin
    if (old.lead_status, new.lead_status) in (
            ('new', 'contacted'), ('contacted', 'qualified'), ('qualified', 'booked'), ('booked', 'converted'), ('lost', 'contacted'))
        or new.lead_status = 'lost'
    then
        return new;
    end if;
    raise exception 'a lead does not go from % to %', old.lead_status, new.lead_status
        using errcode = 'SB409', constraint = 'lead_status_illegal';
end
$$;
create trigger lead_status before update on contacts for each row
    when (old.lead_status is distinct from new.lead_status) execute function keep_lead_status_legal();
--rollback drop trigger lead_status on contacts;
--rollback drop function keep_lead_status_legal();
