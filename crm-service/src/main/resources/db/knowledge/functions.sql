--liquibase formatted sql

--changeset crm:lock-category-tree splitStatements:false runOnChange:true
-- Only one transaction at a time moves categories of the caller's organization. The app role takes no advisory locks itself, since
-- they fill a table of the whole server: here there are at most 1,024, so two organizations may rarely share one.
create or replace function lock_category_tree() returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
    select pg_advisory_xact_lock(hashtext('${schema}.category_trees'), hashtext(current_org_id()::text) & 1023)
$$;
revoke all on function lock_category_tree() from public;
grant execute on function lock_category_tree() to ${schema}_app;
--rollback drop function lock_category_tree();

--changeset crm:keep-category-tree splitStatements:false runOnChange:true
-- No category is below itself, and none is more than ten deep. Two moves that would only together make a cycle come one after the
-- other: the second sees what the first has done. Fails with category_cycle or category_too_deep.
create or replace function keep_category_tree() returns trigger language plpgsql as $$
declare
    deepest constant int := 10;
    above int;
    below int := 1;
    is_cycle boolean;
begin
    perform lock_category_tree();
    with recursive ancestors as (
        select new.parent_id as id, 1 as steps
        union all
        select c.parent_id, a.steps + 1 from ancestors a join kb_categories c on c.org_id = new.org_id and c.id = a.id
        where c.parent_id is not null and a.id <> new.id and a.steps <= deepest
    )
    select max(a.steps), bool_or(a.id = new.id) into above, is_cycle from ancestors a;
    if is_cycle then
        raise exception using errcode = 'SB409', constraint = 'category_cycle',
            message = 'category_cycle: a category is not below itself';
    end if;
    if tg_op = 'UPDATE' then
        with recursive descendants as (
            select new.id as id, 1 as steps
            union all
            select c.id, d.steps + 1 from descendants d join kb_categories c on c.org_id = new.org_id and c.parent_id = d.id
            where d.steps <= deepest
        )
        select max(d.steps) into below from descendants d;
    end if;
    if above + below > deepest then
        raise exception using errcode = 'SB409', constraint = 'category_too_deep',
            message = format('category_too_deep: categories are at most %s deep', deepest);
    end if;
    return new;
end
$$;
--rollback drop function keep_category_tree();

--changeset crm:keep-used-category splitStatements:false runOnChange:true
-- What is in a category keeps it: other categories, working copies, and what readers see. Fails with category_in_use.
create or replace function keep_used_category() returns trigger language plpgsql as $$
begin
    if exists (select from kb_categories c where c.org_id = old.org_id and c.parent_id = old.id)
        or exists (select from kb_articles a where a.org_id = old.org_id and a.category_id = old.id)
        or exists (select from kb_versions v where v.org_id = old.org_id and v.category_id = old.id and v.is_current) then
        raise exception using errcode = 'SB409', constraint = 'category_in_use',
            message = 'category_in_use: articles or categories are in this category';
    end if;
    return old;
end
$$;
--rollback drop function keep_used_category();

--changeset crm:is-version-of splitStatements:false runOnChange:true
-- Whether a version has all that the working copy has.
create or replace function is_version_of(v kb_versions, a kb_articles) returns boolean language sql immutable
    return (v.title, v.content, v.category_id, v.tags, v.metadata, v.language)
        is not distinct from (a.title, a.content, a.category_id, a.tags, a.metadata, a.language);
--rollback drop function is_version_of(kb_versions, kb_articles);

--changeset crm:publish-article splitStatements:false runOnChange:true
-- Setting published_at publishes the working copy: as a new version, unless the newest one has the same. Setting it to null takes the
-- article from readers. Whatever changes the working copy, is_changed tells whether readers see just that.
create or replace function publish_article() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.published_at := null;
        new.is_changed := true;
        return new;
    end if;
    if new.published_at is distinct from old.published_at then
        update kb_versions v set is_current = false
        where v.org_id = new.org_id and v.article_id = new.id and v.is_current;
        if new.published_at is not null then
            new.published_at := now();
            update kb_versions v set is_current = true, published_at = new.published_at, published_by = current_user_id()
            where v.org_id = new.org_id and v.article_id = new.id and is_version_of(v, new)
                and v.number = (select max(n.number) from kb_versions n where n.org_id = new.org_id and n.article_id = new.id);
            if not found then
                insert into kb_versions (org_id, article_id, number, title, content, category_id, author_id, tags, metadata, language,
                    published_by, published_at, article_created_at)
                select new.org_id, new.id, coalesce(max(n.number), 0) + 1, new.title, new.content, new.category_id, new.author_id,
                    new.tags, new.metadata, new.language, current_user_id(), new.published_at, new.created_at
                from kb_versions n where n.org_id = new.org_id and n.article_id = new.id;
            end if;
        end if;
    end if;
    new.is_changed := not exists (
        select from kb_versions v
        where v.org_id = new.org_id and v.article_id = new.id and v.is_current and is_version_of(v, new));
    return new;
end
$$;
--rollback drop function publish_article();

--changeset crm:index-version-words splitStatements:false runOnChange:true
-- The words by which a version is found: those of the title count most. A text of more words than PostgreSQL keeps is found by those
-- of its beginning.
create or replace function index_version_words() returns trigger language plpgsql as $$
declare
    config constant regconfig := ('pg_catalog.' || new.language)::regconfig;
    head constant tsvector := setweight(to_tsvector(config, new.title), 'A')
        || setweight(to_tsvector(config, array_to_string(new.tags, ' ')), 'B');
begin
    new.words := head || setweight(to_tsvector(config, new.content), 'D');
    return new;
exception when program_limit_exceeded then
    new.words := head || setweight(to_tsvector(config, left(new.content, 20000)), 'D');
    return new;
end
$$;
--rollback drop function index_version_words();

--changeset crm:queue-embedding splitStatements:false runOnChange:true
-- What readers see of an article has changed: what its meaning is found by must be made anew, or removed.
create or replace function queue_embedding() returns trigger language plpgsql as $$
begin
    insert into work (org_id, kind, payload) values (new.org_id, 'embed_article', jsonb_build_object('articleId', new.id));
    return null;
end
$$;
--rollback drop function queue_embedding();

--changeset crm:search-articles splitStatements:false runOnChange:true
-- The published articles with the words of a question, best first. Each article is searched in its own language. Runs as the owner,
-- since under row security @@ does not reach an index, and filters by the tenant itself. Of more than 1,000 articles in a language
-- those published last are ranked. What only says which words must not be there finds nothing.
create or replace function search_articles(question text, at_most int)
    returns table (article_id uuid, score real)
    language plpgsql stable rows 20 security definer set search_path = ${schema}, pg_temp as $$
begin
    return query
    with languages as materialized ( -- a connection loads the dictionaries of those alone
        select l.language from unnest(enum_range(null::kb_language)) as l (language)
        where exists (select from kb_versions v where v.org_id = current_org_id() and v.language = l.language and v.is_current)
    ), queries as materialized (
        select l.language, websearch_to_tsquery(('pg_catalog.' || l.language)::regconfig, left(question, 500)) as query
        from languages l
    )
    select f.article_id, ts_rank(f.words, f.query, 1)
    from (select q.language, q.query from queries q where querytree(q.query) not in ('', 'T')) a
    cross join lateral (
        select v.article_id, v.words, a.query from kb_versions v
        where v.org_id = current_org_id() and v.is_current and v.words @@ a.query and v.language = a.language
        order by v.published_at desc limit 1000) f
    order by 2 desc, 1 limit least(greatest(at_most, 1), 200);
end
$$;
revoke all on function search_articles(text, int) from public;
grant execute on function search_articles(text, int) to ${schema}_app;
--rollback drop function search_articles(text, int);

--changeset crm:articles-titled splitStatements:false runOnChange:true
-- The articles with a part in their title: of the working copy, which only staff see, or of what is published. As the owner, since
-- trigrams do not reach an index under row security.
create or replace function articles_titled(part text, working boolean) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select a.id from kb_articles a
    where working and current_role_name() in ('admin', 'agent') and a.org_id = current_org_id()
        and a.title ilike '%' || regexp_replace(part, '([\\%_])', '\\\1', 'g') || '%'
    union all
    select v.article_id from kb_versions v
    where not working and v.is_current and v.org_id = current_org_id()
        and v.title ilike '%' || regexp_replace(part, '([\\%_])', '\\\1', 'g') || '%'
$$;
revoke all on function articles_titled(text, boolean) from public;
grant execute on function articles_titled(text, boolean) to ${schema}_app;
--rollback drop function articles_titled(text, boolean);

--changeset crm:articles-tagged splitStatements:false runOnChange:true
create or replace function articles_tagged(tag text, working boolean) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select a.id from kb_articles a
    where working and current_role_name() in ('admin', 'agent') and a.org_id = current_org_id() and a.tags @> array[tag]
    union all
    select v.article_id from kb_versions v
    where not working and v.is_current and v.org_id = current_org_id() and v.tags @> array[tag]
$$;
revoke all on function articles_tagged(text, boolean) from public;
grant execute on function articles_tagged(text, boolean) to ${schema}_app;
--rollback drop function articles_tagged(text, boolean);
