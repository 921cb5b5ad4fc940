package io.switchboard.search;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Turns texts into vectors. Texts of like meaning have vectors of like direction. */
public interface Embedder {
    EmbeddingModel model();

    /**
     * A vector of {@link EmbeddingModel#dimensions} numbers for each text, in their order. The stage fails if the embedder is away
     * or has too much to do; it ends on any thread.
     *
     * @param texts not blank, at most {@link Chunker#MOST_CHARACTERS} characters each
     */
    CompletionStage<List<float[]>> embed(List<String> texts, Purpose purpose);

    /** Why texts are embedded: a person waits for the vector of a query, none for those of passages. */
    enum Purpose {
        QUERY,
        PASSAGE
    }
}
