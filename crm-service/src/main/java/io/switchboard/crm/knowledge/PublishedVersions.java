package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.embedding.PublishedText;
import io.switchboard.crm.embedding.PublishedTexts;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What readers see, for those who embed it. */
@ApplicationScoped
class PublishedVersions implements PublishedTexts {
    private static final String FIND =
            "select title, content from kb_versions where org_id = $1 and article_id = $2 and is_current";

    @Override
    public Uni<@Nullable PublishedText> find(CallerContext caller, Statements statements, UUID articleId) {
        return statements.first(
                FIND,
                Tuple.of(caller.orgId(), articleId),
                row -> new PublishedText(row.getString("title"), row.getString("content")));
    }
}
