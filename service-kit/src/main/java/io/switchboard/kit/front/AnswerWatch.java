package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Sees answers before they are encoded: tells the connection where they begin and end, and clients where one is the last. */
final class AnswerWatch extends ChannelDuplexHandler {
    private static final String NAME = "answers";
    private static final String ENCODER = "httpEncoder";

    private final FrontConnection connection;
    private boolean isInformational;

    private AnswerWatch(FrontConnection connection) {
        this.connection = connection;
    }

    /**
     * Takes its place in the pipeline once there is HTTP in it. Where HTTP/2 would be taken too, Vert.x looks at the first bytes to
     * tell them apart: two of a method will do, as none begins like HTTP/2.
     */
    static void install(ChannelHandlerContext front, FrontConnection connection, ByteBuf request) {
        var pipeline = front.pipeline();
        if (pipeline.get(NAME) != null) {
            return;
        }
        if (pipeline.get(ENCODER) == null) {
            front.fireChannelRead(request.readRetainedSlice(2));
        }
        pipeline.addAfter(ENCODER, NAME, new AnswerWatch(connection));
    }

    /** HTTP/2 is not spoken here; that a client would like to is nothing to answer. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            isInformational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!isInformational) {
                begin(response);
            }
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !isInformational) {
            connection.endAnswer();
        }
    }

    private void begin(HttpResponse response) {
        if (connection.beginAnswer()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (response.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            connection.closeAfterAnswer();
        }
    }
}
