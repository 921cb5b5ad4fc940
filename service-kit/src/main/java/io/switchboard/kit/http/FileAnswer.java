package io.switchboard.kit.http;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file piece by piece. The next piece is made only when the client has taken the one before, so that a slow client costs no
 * memory. A failure on the way cuts the connection: the client sees that the file is not whole.
 *
 * @param <C> where a piece begins
 */
public final class FileAnswer<C> {
    private static final Logger LOG = Logger.getLogger(FileAnswer.class);

    private final RoutingContext context;
    private final String mediaType;
    private final String name;
    private final Function<@Nullable C, Uni<Piece<C>>> pieces;
    private final Context loop = Vertx.currentContext();

    /**
     * A part of the file with a place where the next one begins.
     *
     * @param next null after the last piece
     */
    public record Piece<C>(Buffer bytes, @Nullable C next) {}

    /** @param pieces of the file; null for the first one */
    public FileAnswer(
            RoutingContext context, String mediaType, String name, Function<@Nullable C, Uni<Piece<C>>> pieces) {
        this.context = context;
        this.mediaType = mediaType;
        this.name = name;
        this.pieces = pieces;
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
        pieces.apply(from)
                .subscribe()
                .with(
                        piece -> loop.runOnContext(here -> write(piece)),
                        failure -> loop.runOnContext(here -> fail(failure)));
    }

    private void write(Piece<C> piece) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!response.headWritten()) {
            headers(response.setChunked(true));
        }
        if (piece.bytes().length() > 0) {
            response.write(piece.bytes());
        }
        if (piece.next() == null) {
            response.end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                fetch(piece.next());
            });
        } else {
            fetch(piece.next());
        }
    }

    private HttpServerResponse headers(HttpServerResponse response) {
        return response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
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
}
