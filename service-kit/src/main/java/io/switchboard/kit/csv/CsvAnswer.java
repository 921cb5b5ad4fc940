package io.switchboard.kit.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends a CSV file page by page. The next page is read only when the client has taken the one before, so that a slow client costs no
 * memory. A failure on the way cuts the connection: the client sees that the file is not whole.
 *
 * @param <C> where a page begins
 */
public final class CsvAnswer<C> {
    private static final Logger LOG = Logger.getLogger(CsvAnswer.class);

    private final RoutingContext context;
    private final Function<@Nullable C, Uni<Page<C>>> pages;
    private final List<String> header;
    private final String name;
    private final Context loop = Vertx.currentContext();

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
        if (context.request().method() == HttpMethod.HEAD) {
            headers(context.response()).end();
        } else {
            fetch(null);
        }
    }

    private void fetch(@Nullable C from) {
        pages.apply(from)
                .subscribe()
                .with(
                        page -> loop.runOnContext(here -> write(page)),
                        failure -> loop.runOnContext(here -> fail(failure)));
    }

    private void write(Page<C> page) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        var text = new StringWriter();
        if (!response.headWritten()) {
            headers(response.setChunked(true));
            append(text, List.of(header));
        }
        append(text, page.rows());
        response.write(Buffer.buffer(text.toString()));
        if (page.next() == null) {
            response.end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                fetch(page.next());
            });
        } else {
            fetch(page.next());
        }
    }

    private HttpServerResponse headers(HttpServerResponse response) {
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    private void fail(Throwable failure) {
        if (context.response().headWritten()) {
            LOG.warnf("A file ended before it was whole: %s", failure.getMessage());
            context.request().connection().close();
        } else {
            ProblemAnswer.send(context, failure);
        }
    }

    private static void append(StringWriter text, List<List<String>> rows) {
        var writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0) // the text is a buffer itself
                .build(text);
        rows.forEach(
                row -> writer.writeRecord(row.stream().map(FormulaGuard::guard).toList()));
    }
}
