--liquibase formatted sql

--changeset voice:assistant-client-assistants runOnChange:true splitStatements:false
-- A client's assistants. A PIN client gets its own, whatever it names.
create or replace function get_client_assistants(client uuid default null) returns setof client_assistants
    language sql stable rows 20 as $$
    select a.* from client_assistants a
    where a.org_id = (select current_org_id()) and a.client_id = (select coalesce(client, current_client_id()))
$$;
--rollback drop function get_client_assistants(uuid);

--changeset voice:assistant-update runOnChange:true splitStatements:false
-- Changes what a PIN client may change of an assistant; answers the assistant, or no row where the caller may not.
create or replace function update_assistant(assistant uuid, new_display_name text, new_first_message text, new_voice text,
        new_model text, new_eval_method text, new_max_call_duration int) returns setof client_assistants language sql as $$
    update client_assistants a
    set display_name = new_display_name, first_message = new_first_message, voice = new_voice, model = new_model,
        eval_method = new_eval_method, max_call_duration = new_max_call_duration
    where a.org_id = (select current_org_id()) and a.id = assistant
    returning a.*
$$;
--rollback drop function update_assistant(uuid, text, text, text, text, text, int);

--changeset voice:assistant-refuse-client-fields runOnChange:true splitStatements:false
-- The API refuses such a change before; this holds for whatever reaches the table.
create or replace function refuse_client_fields() returns trigger language plpgsql as $$
declare
    six constant text[] := array['display_name', 'first_message', 'voice', 'model', 'eval_method', 'max_call_duration'];
    own constant text[] := array['version', 'updated_at']; -- which triggers count and set
begin
    if to_jsonb(new) - six - own is distinct from to_jsonb(old) - six - own then
        raise exception using errcode = 'insufficient_privilege',
            message = 'a PIN client changes only ' || array_to_string(six, ', ') || ' of its assistants';
    end if;
    return new;
end
$$;
create or replace trigger client_fields before update on client_assistants for each row
    when (current_setting('app.role', true) = 'client') execute function refuse_client_fields();
--rollback drop trigger client_fields on client_assistants;
--rollback drop function refuse_client_fields();
