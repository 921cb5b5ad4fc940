--liquibase formatted sql

--changeset crm:knowledge-002-category-triggers
create trigger touch before update on kb_categories for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on kb_categories for each row execute function refuse_org_change();
create trigger next_version before update on kb_categories for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger added_below before insert on kb_categories for each row
    when (new.parent_id is not null) execute function keep_category_tree();
create trigger moved_below before update on kb_categories for each row
    when (new.parent_id is not null and (new.parent_id, new.id) is distinct from (old.parent_id, old.id))
    execute function keep_category_tree();
create trigger used before delete on kb_categories for each row execute function keep_used_category();
create trigger audit after insert or update or delete on kb_categories for each row execute function audit_change();
--rollback drop trigger audit on kb_categories;
--rollback drop trigger used on kb_categories;
--rollback drop trigger moved_below on kb_categories;
--rollback drop trigger added_below on kb_categories;
--rollback drop trigger next_version on kb_categories;
--rollback drop trigger refuse_org_change on kb_categories;
--rollback drop trigger touch on kb_categories;

--changeset crm:knowledge-002-article-triggers
create trigger next_version before update on kb_articles for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger publish before insert or update on kb_articles for each row execute function publish_article();
create trigger refuse_org_change before update on kb_articles for each row execute function refuse_org_change();
create trigger touch before update on kb_articles for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger audit after insert or update or delete on kb_articles for each row execute function audit_change();
create trigger embedding after update on kb_articles for each row
    when (old.published_at is distinct from new.published_at) execute function queue_embedding();
--rollback drop trigger embedding on kb_articles;
--rollback drop trigger audit on kb_articles;
--rollback drop trigger touch on kb_articles;
--rollback drop trigger refuse_org_change on kb_articles;
--rollback drop trigger publish on kb_articles;
--rollback drop trigger next_version on kb_articles;

--changeset crm:knowledge-002-version-triggers
create trigger refuse_org_change before update on kb_versions for each row execute function refuse_org_change();
create trigger words before insert on kb_versions for each row execute function index_version_words();
-- The words say nothing that the text does not say.
create trigger audit after insert or update or delete on kb_versions for each row execute function audit_change('words');
--rollback drop trigger audit on kb_versions;
--rollback drop trigger words on kb_versions;
--rollback drop trigger refuse_org_change on kb_versions;
