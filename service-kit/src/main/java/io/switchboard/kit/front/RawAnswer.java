package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.problem.ProblemJson;
import io.switchboard.kit.request.RequestId;

/** A refusal as it goes over the wire, for what never becomes a request. */
final class RawAnswer {
    private RawAnswer() {}

    static ByteBuf of(Problem problem) {
        var id = UuidV7.next().toString();
        var document = ProblemAnswer.document(problem, id);
        var head = new StringBuilder("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(problem.status()))
                .append("\r\nContent-Type: " + ProblemJson.MEDIA_TYPE + "\r\nContent-Length: ")
                .append(document.length())
                .append("\r\nCache-Control: no-store\r\nConnection: close\r\n" + RequestId.HEADER + ": ")
                .append(id)
                .append("\r\n");
        problem.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return Unpooled.wrappedBuffer(head.append("\r\n").toString().getBytes(US_ASCII), document.getBytes());
    }
}
