--liquibase formatted sql

--changeset kit:function-sealed-key-version splitStatements:false runOnChange:true
-- The id of the master key that wraps the data key of a sealed value, as RowCipher.versionOf reads it; 0 where the value has
-- another form.
create or replace function sealed_key_version(sealed bytea) returns bigint language sql immutable strict parallel safe as $$
    select case when octet_length(sealed) < 9 then 0 else
        get_byte(sealed, 5) * 16777216::bigint + get_byte(sealed, 6) * 65536 + get_byte(sealed, 7) * 256 + get_byte(sealed, 8) end
$$;
--rollback drop function sealed_key_version(bytea);
