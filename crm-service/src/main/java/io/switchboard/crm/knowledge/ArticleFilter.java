package io.switchboard.crm.knowledge;

import io.switchboard.kit.http.Filters;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which articles a list shows. An empty filter is an absent one. */
public class ArticleFilter {
    @QueryParam("categoryId")
    @Parameter(description = "Those in this category, without the categories in it")
    @Nullable
    String categoryId;

    @QueryParam("authorId")
    @Parameter(description = "Those that this user added")
    @Nullable
    String authorId;

    @QueryParam("tag")
    @Parameter(description = "One of tags, in full")
    @Nullable
    String tag;

    @QueryParam("published")
    @Parameter(description = "true: what readers see; false: what they do not see, which is nothing for readers")
    @Nullable
    String published;

    @QueryParam("q")
    @Parameter(description = "Part of the title; texts are searched by GET /api/kb/search")
    @Nullable
    String q;

    @Nullable
    UUID categoryId() {
        return Filters.uuid("categoryId", categoryId);
    }

    @Nullable
    UUID authorId() {
        return Filters.uuid("authorId", authorId);
    }

    @Nullable
    String tag() {
        return Filters.text("tag", tag);
    }

    @Nullable
    Boolean published() {
        return Filters.flag("published", published);
    }

    @Nullable
    String titlePart() {
        return Filters.text("q", q);
    }
}
