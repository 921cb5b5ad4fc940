--liquibase formatted sql

--changeset crm:knowledge-001-categories
create table kb_categories (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    name text not null,
    description text,
    parent_id uuid,
    metadata jsonb not null default '{}',
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "parentId" foreign key (org_id, parent_id) references kb_categories (org_id, id),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
create index kb_categories_by_name on kb_categories (org_id, name, id);
create index kb_categories_of_parent on kb_categories (org_id, parent_id, name, id);

alter table kb_categories enable row level security, force row level security;
create policy own_org_select on kb_categories for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on kb_categories for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')));
create policy own_org_update on kb_categories for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')))
    with check (org_id = (select current_org_id()));
create policy own_org_delete on kb_categories for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')));
create policy owner on kb_categories to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on kb_categories to ${schema}_app;
--rollback drop table kb_categories;

--changeset crm:knowledge-001-language
-- The text search configurations that PostgreSQL has since version 14, by their names.
create type kb_language as enum ('arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french',
    'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese',
    'romanian', 'russian', 'serbian', 'simple', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish');
--rollback drop type kb_language;

--changeset crm:knowledge-001-articles
-- The working copies, which staff alone see. What readers see is in kb_versions.
create table kb_articles (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    title text not null,
    content text not null,
    category_id uuid,
    author_id uuid,                            -- the user who added it; null where no user did
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    language kb_language not null default 'english',
    published_at timestamptz,                  -- when readers got the version that they see; null: they see none
    is_changed boolean not null default true,  -- readers see another text, or none: set by trigger
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "categoryId" foreign key (org_id, category_id) references kb_categories (org_id, id),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
-- Newest first is by the id, plain and by each filter.
create index kb_articles_of_category on kb_articles (org_id, category_id, id);
create index kb_articles_of_author on kb_articles (org_id, author_id, id);
create index kb_articles_published on kb_articles (org_id, id) where published_at is not null;
create index kb_articles_drafts on kb_articles (org_id, id) where published_at is null;
create index kb_articles_title on kb_articles using gin (org_id, title ext.gin_trgm_ops);
create index kb_articles_tags on kb_articles using gin (org_id, tags);

alter table kb_articles enable row level security, force row level security;
create policy own_org_select on kb_articles for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent', 'service')));
create policy own_org_insert on kb_articles for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')));
create policy own_org_update on kb_articles for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')))
    with check (org_id = (select current_org_id()));
create policy own_org_delete on kb_articles for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')));
create policy owner on kb_articles to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on kb_articles to ${schema}_app;
--rollback drop table kb_articles;

--changeset crm:knowledge-001-versions
-- What was published, a row a version. Readers see the current one of an article, which has none while it is not published.
create table kb_versions (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    article_id uuid not null,
    number int not null,                       -- from 1, in the article
    title text not null,
    content text not null,
    category_id uuid,
    author_id uuid,                            -- of the article
    tags text[] not null,
    metadata jsonb not null,
    language kb_language not null,
    words tsvector not null,                   -- set by trigger
    is_current boolean not null default true,
    published_by uuid,                         -- the user; null where no user did
    published_at timestamptz not null default now(), -- the last time that readers got it
    article_created_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint version_number_taken unique (org_id, article_id, number),
    constraint "articleId" foreign key (org_id, article_id) references kb_articles (org_id, id) on delete cascade,
    constraint "categoryId" foreign key (org_id, category_id) references kb_categories (org_id, id) on delete set null (category_id)
);
create unique index kb_versions_current on kb_versions (org_id, article_id) where is_current;
create index kb_versions_of_article on kb_versions (org_id, article_id, id);
create index kb_versions_of_category on kb_versions (org_id, category_id, article_id) where is_current;
create index kb_versions_any_of_category on kb_versions (org_id, category_id); -- what changes when the category goes
create index kb_versions_of_author on kb_versions (org_id, author_id, article_id) where is_current;
create index kb_versions_languages on kb_versions (org_id, language) where is_current;
create index kb_versions_title on kb_versions using gin (org_id, title ext.gin_trgm_ops) where is_current;
create index kb_versions_tags on kb_versions using gin (org_id, tags) where is_current;
-- Articles are published seldom and searched often: no list of entries that every search must go through.
create index kb_versions_words on kb_versions using gin (org_id, words) with (fastupdate = off) where is_current;

alter table kb_versions enable row level security, force row level security;
create policy own_org_select on kb_versions for select to ${schema}_app
    using (org_id = (select current_org_id()) and (is_current or (select current_role_name() in ('admin', 'agent', 'service'))));
create policy own_org_insert on kb_versions for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')));
create policy own_org_update on kb_versions for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'agent')))
    with check (org_id = (select current_org_id()));
create policy owner on kb_versions to ${schema}_owner using (true) with check (true);
grant select, insert, update (is_current, published_by, published_at) on kb_versions to ${schema}_app;
--rollback drop table kb_versions;
