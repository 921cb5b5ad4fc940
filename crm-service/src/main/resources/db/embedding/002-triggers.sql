--liquibase formatted sql

--changeset crm:embedding-002-article-triggers
create trigger chunks before delete on kb_articles for each row execute function remove_chunks();
--rollback drop trigger chunks on kb_articles;
