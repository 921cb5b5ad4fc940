--liquibase formatted sql

--changeset crm:confirmation-002-triggers
create trigger choose_mail before insert or update on appointments for each row execute function choose_appointment_mail();
create trigger owe_mail after insert on appointments for each row
    when (new.mail_id is not null) execute function owe_appointment_mail();
create trigger owe_mail_of_change after update on appointments for each row
    when (new.mail_id is distinct from old.mail_id) execute function owe_appointment_mail();
--rollback drop trigger owe_mail_of_change on appointments;
--rollback drop trigger owe_mail on appointments;
--rollback drop trigger choose_mail on appointments;
