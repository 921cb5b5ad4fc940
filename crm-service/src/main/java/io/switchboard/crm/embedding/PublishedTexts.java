package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells what readers see of articles. */
public interface PublishedTexts {

    /** Null for an article that readers do not see. */
    Uni<@Nullable PublishedText> find(CallerContext caller, Statements statements, UUID articleId);
}
