--liquibase formatted sql

--changeset auth:user-002-directory
-- An e-mail belongs to one organization.
create table directory_emails (
    key text not null,
    org_id uuid not null,
    id uuid not null,
    constraint email_taken primary key (key),
    foreign key (org_id, id) references users (org_id, id) on delete cascade
);
create index directory_emails_of on directory_emails (org_id, id);
alter table directory_emails enable row level security, force row level security;
create policy owner on directory_emails to auth_owner using (true) with check (true);
--rollback drop table directory_emails;

--changeset auth:user-002-keep-email splitStatements:false
-- Fails with email_taken.
create function keep_email() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        delete from directory_emails d where d.org_id = old.org_id and d.id = old.id;
    end if;
    insert into directory_emails (key, org_id, id) values (new.email, new.org_id, new.id);
    return null;
end
$$;
revoke all on function keep_email() from public;
create trigger directory after insert or update of email on users for each row execute function keep_email();
--rollback drop trigger directory on users; drop function keep_email();
