package io.switchboard.kit.outgoing;

import io.netty.channel.ConnectTimeoutException;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, all on one context. The connection is closed with it, whether or not more would come. */
final class Exchange {
    private final Vertx vertx;
    private final HttpClient client;
    private final OutgoingRequest request;
    private final InetAddress address;
    private final Promise<OutgoingAnswer> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse answer;
    private long timer;

    Exchange(Vertx vertx, HttpClient client, OutgoingRequest request, InetAddress address) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
        this.address = address;
    }

    Future<OutgoingAnswer> run(long millis) {
        timer = vertx.setTimer(millis, time -> timeIsUp());
        client.request(options()).onSuccess(this::connected).onFailure(this::failed);
        return promise.future();
    }

    private RequestOptions options() {
        var url = request.url();
        return new RequestOptions()
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, url.port())))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.isTls())
                .setURI(url.uri())
                .setFollowRedirects(false);
    }

    private void connected(HttpClientRequest open) {
        sent = open;
        if (promise.future().isComplete()) {
            open.reset();
            return;
        }
        request.headers().forEach(open::putHeader);
        open.response().onSuccess(this::answered).onFailure(this::failed);
        open.end(request.body());
    }

    private void answered(HttpClientResponse response) {
        answer = response;
        response.exceptionHandler(broken -> finish());
        response.endHandler(end -> finish());
        response.handler(this::read);
    }

    private void read(Buffer part) {
        int room = request.mostBytes() - body.length();
        body.appendBuffer(part, 0, Math.min(room, part.length()));
        if (part.length() >= room) {
            finish();
        }
    }

    /** A slow body is cut: what counts is the status. */
    private void timeIsUp() {
        if (answer == null) {
            failed(new OutgoingFailure(
                    "There was no answer within " + request.within().toSeconds() + " s."));
        } else {
            finish();
        }
    }

    private void finish() {
        var head = answer;
        if (head != null && promise.tryComplete(new OutgoingAnswer(head.statusCode(), head.headers(), body))) {
            close();
        }
    }

    private void failed(Throwable failure) {
        if (promise.tryFail(failure instanceof OutgoingFailure ? failure : new OutgoingFailure(reason(failure)))) {
            close();
        }
    }

    private void close() {
        vertx.cancelTimer(timer);
        if (sent != null) {
            sent.reset();
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ConnectTimeoutException || failure instanceof ConnectException) {
            return "There was no connection.";
        }
        var said = CleanText.line(failure.getMessage());
        return failure instanceof SSLException
                ? "TLS failed: " + said
                : "The connection ended without an answer: " + said;
    }
}
