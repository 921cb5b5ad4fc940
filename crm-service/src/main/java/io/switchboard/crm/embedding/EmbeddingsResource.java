package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.work.Offloaded;
import io.switchboard.search.Embedder;
import io.switchboard.search.Embedder.Purpose;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Embeds texts for services that have no model. */
@Path("/internal/embeddings")
@Tag(name = "Internal")
public class EmbeddingsResource {
    private static final Logger LOG = Logger.getLogger(EmbeddingsResource.class);
    private static final int RETRY_SECONDS = 2;

    private final Embedder embedder;

    EmbeddingsResource(Embedder embedder) {
        this.embedder = embedder;
    }

    /** Fails with {@code invalid} or {@code unavailable}. */
    @POST
    @Operation(
            summary = "Embed texts",
            description =
                    "At most 32, each of at most 2,000 characters. Vectors of one model can be compared by their cosine."
                            + " A single text is taken for a query that a person waits for.")
    public Uni<EmbeddingsView> embed(@NotNull @Valid EmbeddingsForm form) {
        var model = embedder.model();
        var purpose = form.texts().size() == 1 ? Purpose.QUERY : Purpose.PASSAGE;
        return Offloaded.awaited(embedder.embed(form.texts(), purpose).toCompletableFuture())
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(EmbeddingsResource::unavailable)
                .map(vectors -> new EmbeddingsView(model.name(), model.dimensions(), vectors));
    }

    private static Problem unavailable(Throwable failure) {
        LOG.debugf("Texts are not embedded: %s", CleanText.line(failure.getMessage()));
        return Problem.unavailable(RETRY_SECONDS);
    }
}
