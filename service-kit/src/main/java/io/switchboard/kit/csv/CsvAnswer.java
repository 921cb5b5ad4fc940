package io.switchboard.kit.csv;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.FileAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a CSV file page by page, as {@link FileAnswer} does.
 *
 * @param <C> where a page begins
 */
public final class CsvAnswer<C> {
    private final RoutingContext context;
    private final Function<@Nullable C, Uni<Page<C>>> pages;
    private final List<String> header;
    private final String name;

    /**
     * Rows with a place where the next page begins.
     *
     * @param next null after the last page
     */
    public record Page<C>(List<List<String>> rows, @Nullable C next) {}

    /** @param pages of the file; null for the first one */
    public CsvAnswer(
            RoutingContext context, String name, List<String> header, Function<@Nullable C, Uni<Page<C>>> pages) {
        this.context = context;
        this.name = name;
        this.header = header;
        this.pages = pages;
    }

    /** Answers HEAD, too: for that the file is not read. */
    public void send() {
        new FileAnswer<C>(context, CsvText.MEDIA_TYPE, name, from -> pages.apply(from)
                        .map(page -> new FileAnswer.Piece<>(text(page.rows(), from == null), page.next())))
                .send();
    }

    private Buffer text(List<List<String>> rows, boolean isFirst) {
        var text = new CsvText();
        if (isFirst) {
            text.add(header);
        }
        rows.forEach(text::add);
        return text.buffer();
    }
}
