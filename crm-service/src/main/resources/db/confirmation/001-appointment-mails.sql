--liquibase formatted sql

--changeset crm:confirmation-001-mail-id
-- The outbox row of the newest mail to the contact: of several that wait, that one alone is sent. Set by choose_appointment_mail.
alter table appointments add column mail_id uuid;
--rollback alter table appointments drop column mail_id;
