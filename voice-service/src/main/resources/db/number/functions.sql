--liquibase formatted sql

--changeset voice:number-client-numbers runOnChange:true splitStatements:false
-- A client's phone numbers. A PIN client gets its own, whatever it names.
create or replace function get_client_phone_numbers(client uuid default null) returns setof phone_numbers
    language sql stable rows 20 as $$
    select n.* from phone_numbers n
    where n.org_id = (select current_org_id()) and n.client_id = (select coalesce(client, current_client_id()))
$$;
--rollback drop function get_client_phone_numbers(uuid);
