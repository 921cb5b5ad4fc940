--liquibase formatted sql

--changeset audit:log-002-append-only
-- For every role, the owner and definer functions included. Old months leave by being detached as whole partitions.
create trigger keep_rows before update or delete on audit_logs for each row execute function keep_as_written();
create trigger keep_table before truncate on audit_logs for each statement execute function keep_as_written();
-- Row triggers are inherited, this kind is not.
create trigger keep_table before truncate on audit_logs_strays for each statement execute function keep_as_written();
--rollback drop trigger keep_table on audit_logs_strays;
--rollback drop trigger keep_table on audit_logs;
--rollback drop trigger keep_rows on audit_logs;
