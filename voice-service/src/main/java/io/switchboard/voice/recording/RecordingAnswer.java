package io.switchboard.voice.recording;

import io.switchboard.kit.front.Front;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.voice.providerapi.ProviderApi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with a link, or passes the recording on as fast as the client reads. What breaks off on the way cuts the connection. */
final class RecordingAnswer {
    private static final long LONGEST_MILLIS = 15 * 60_000;
    private static final Pattern SOUND = Pattern.compile("(audio|video)/[A-Za-z0-9.+-]{1,60}");
    private static final String UNKNOWN = "application/octet-stream";
    private static final List<CharSequence> PASSED_ON = List.of(
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_RANGE,
            HttpHeaders.ACCEPT_RANGES,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED);

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Front front;
    private final Vertx vertx;

    RecordingAnswer(RoutingContext context, Front front, Vertx vertx) {
        this.context = context;
        this.response = context.response();
        this.front = front;
        this.vertx = vertx;
    }

    /** On the loop of the request. */
    void send(FoundRecording found) {
        if (response.ended() || response.closed()) {
            found.close();
        } else if (found.link() != null) {
            response.setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, found.link())
                    .end();
        } else if (found.stream().statusCode() == 416) {
            found.close();
            copy(found.stream(), HttpHeaders.CONTENT_RANGE);
            ProblemAnswer.send(context, Problem.of(416, "range_not_satisfiable", "The recording has no such part."));
        } else {
            pass(found.stream());
        }
    }

    private void pass(HttpClientResponse recording) {
        PASSED_ON.forEach(name -> copy(recording, name));
        response.setStatusCode(recording.statusCode())
                .setChunked(recording.getHeader(HttpHeaders.CONTENT_LENGTH) == null)
                .putHeader(HttpHeaders.CONTENT_TYPE, type(recording.getHeader(HttpHeaders.CONTENT_TYPE)))
                .putHeader("X-Content-Type-Options", "nosniff");
        if (context.request().method() == HttpMethod.HEAD) {
            ProviderApi.discard(recording);
            response.setChunked(false).end();
            return;
        }
        long timer = vertx.setTimer(LONGEST_MILLIS, late -> front.cutOff(context, "recording_too_slow"));
        context.addEndHandler(ended -> {
            vertx.cancelTimer(timer);
            recording.request().reset(); // nothing is left of it, or the client is gone
        });
        recording.pipe().endOnFailure(false).to(response).onFailure(broken -> cutOff());
    }

    /** The client sees that it is not whole. */
    private void cutOff() {
        if (!response.ended() && !response.closed()) {
            front.cutOff(context, "recording_broken");
        }
    }

    private void copy(HttpClientResponse recording, CharSequence name) {
        var value = recording.getHeader(name);
        if (value != null) {
            response.putHeader(name, value);
        }
    }

    /** A page that poses as a recording is none. */
    private static String type(@Nullable String told) {
        var plain = told == null ? "" : told.split(";", 2)[0].strip();
        return SOUND.matcher(plain).matches() ? plain : UNKNOWN;
    }
}
