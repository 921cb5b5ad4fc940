--liquibase formatted sql

--changeset auth:subscription-002-subscribe
create trigger tier_limits before insert on users for each row execute function take_tier_limits();
create trigger subscribe after insert on users for each row execute function subscribe();
--rollback drop trigger subscribe on users; drop trigger tier_limits on users;
