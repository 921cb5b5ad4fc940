package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The search of the knowledge base over HTTP. */
@Path("/api/kb/search")
@Tag(name = "Knowledge base")
public class ArticleSearchResource {
    private static final int DEFAULT = 10;
    private static final int MOST = 50;

    private final CallerContext caller;
    private final ArticleSearch articles;

    ArticleSearchResource(CallerContext caller, ArticleSearch articles) {
        this.caller = caller;
        this.articles = articles;
    }

    /** Fails with {@code invalid_filter} or {@code invalid_limit}. */
    @GET
    @Operation(
            summary = "Search the knowledge base",
            description = "Published articles that answer a question, best first. Nothing that fits: no items.")
    public Uni<PageOf<ArticleMatch>> search(
            @QueryParam("q")
                    @Parameter(
                            required = true,
                            description =
                                    "1 to 500 characters. Words in quotes stand together, -word must not be there")
                    @Nullable
                    String q,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most items",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "50",
                                            defaultValue = "10"))
                    @Nullable
                    String limit) {
        var question = Filters.text("q", q, ArticleSearch.LONGEST);
        if (question == null) {
            throw Filters.invalid("q", "has 1 to " + ArticleSearch.LONGEST + " characters");
        }
        return articles.search(caller, question, most(limit))
                .map(hits -> new PageOf<>(hits.stream().map(ArticleHit::view).toList(), null));
    }

    private static int most(@Nullable String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT;
        }
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            var rule = "is a number from 1 to " + MOST;
            throw Problem.badRequest(
                    "invalid_limit", "limit " + rule + ".", List.of(new Problem.FieldError("limit", rule)));
        }
        return Integer.parseInt(limit);
    }
}
