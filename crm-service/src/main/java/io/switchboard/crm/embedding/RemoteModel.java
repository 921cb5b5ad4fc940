package io.switchboard.crm.embedding;

import io.switchboard.search.EmbeddingModel;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an endpoint that speaks OpenAI's protocol, as configuration names it.
 *
 * @param url of its embeddings
 * @param key sent as a bearer; null if the endpoint takes none
 */
record RemoteModel(URI url, @Nullable String key, EmbeddingModel model) {
    private static final double THRESHOLD = 0.3;
    private static final int MOST_DIMENSIONS = 4_096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,99}");

    /** Fails if a setting is missing or not possible. */
    static RemoteModel of(
            String url,
            Optional<String> key,
            Optional<String> name,
            Optional<Integer> dimensions,
            Optional<Double> threshold) {
        require(
                name.isPresent() && NAME.matcher(name.get()).matches(),
                "Set SWITCHBOARD_EMBEDDING_MODEL to the model's name, of letters, digits and . _ : / @ -");
        require(
                dimensions.isPresent() && dimensions.get() > 0 && dimensions.get() <= MOST_DIMENSIONS,
                "Set SWITCHBOARD_EMBEDDING_DIMENSIONS to the length of the model's vectors, 1 to " + MOST_DIMENSIONS);
        double least = threshold.orElse(THRESHOLD);
        require(
                least >= -1 && least <= 1,
                "Set SWITCHBOARD_EMBEDDING_THRESHOLD to the smallest cosine of a question and its answer, -1 to 1");
        return new RemoteModel(
                embeddings(url), key.orElse(null), new EmbeddingModel(name.get(), dimensions.get(), least));
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static URI embeddings(String base) {
        var sample = "https://api.openai.com/v1";
        URI uri;
        try {
            uri = URI.create(base.replaceFirst("/+$", "") + "/embeddings");
        } catch (IllegalArgumentException noUrl) {
            uri = URI.create("");
        }
        var scheme = String.valueOf(uri.getScheme());
        require(
                uri.getHost() != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")),
                "Set SWITCHBOARD_EMBEDDING_URL to the address before /embeddings, such as " + sample);
        return uri;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public String toString() {
        return model.name() + " at " + url;
    }
}
