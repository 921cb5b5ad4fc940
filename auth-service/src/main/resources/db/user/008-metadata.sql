--liquibase formatted sql

--changeset auth:user-008-metadata splitStatements:false
-- The second wall: the service refuses more than 16 KiB itself. Only a change of the metadata is held against it, so that
-- rows which are longer from before keep all their other changes, such as signing in.
create function guard_metadata() returns trigger language plpgsql as $$
begin
    if octet_length(new.metadata::text) > 32768 then
        raise exception using errcode = 'check_violation', constraint = 'metadata_too_large',
            message = 'metadata of more than 32 KiB';
    end if;
    return new;
end
$$;
create trigger guard_metadata_added before insert on users for each row execute function guard_metadata();
create trigger guard_metadata_changed before update of metadata on users for each row
    when (new.metadata is distinct from old.metadata) execute function guard_metadata();
create trigger guard_metadata_added before insert on organizations for each row execute function guard_metadata();
create trigger guard_metadata_changed before update of metadata on organizations for each row
    when (new.metadata is distinct from old.metadata) execute function guard_metadata();
--rollback drop trigger guard_metadata_changed on organizations;
--rollback drop trigger guard_metadata_added on organizations;
--rollback drop trigger guard_metadata_changed on users;
--rollback drop trigger guard_metadata_added on users;
--rollback drop function guard_metadata();
