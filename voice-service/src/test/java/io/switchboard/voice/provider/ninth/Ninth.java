package io.switchboard.voice.provider.ninth;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Option;
import io.switchboard.voice.signature.RandomSecret;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider that only the tests know: no other file had to change for it. */
@Singleton
public class Ninth implements Provider {
    @Override
    public String name() {
        return "ninth";
    }

    @Override
    public boolean accepts(String method) {
        return method.equals("POST") || method.equals("GET");
    }

    @Override
    public List<Option> options() {
        return List.of(Option.header("keyHeader"), Option.flag("loud"), Option.oneOf("encoding", List.of("hex")));
    }

    @Override
    public @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        return secret != null && !secret.startsWith("ninth_") ? "begins with ninth_" : null;
    }

    @Override
    public String newSecret() {
        return "ninth_" + RandomSecret.next();
    }

    /** By the secret itself. Without any header the delivery comes again. */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String given = delivery.header(credentials.options().text("keyHeader", "X-Ninth-Key"));
        return given == null ? Verdict.RETRY : credentials.match(secret -> secret, Signature.utf8(given));
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        byte[] body = delivery.isGet() ? Signature.utf8("{\"call\":\"" + delivery.query() + "\"}") : delivery.body();
        String call = Json.text(Json.tree(body), "/call");
        return call == null
                ? IdentifiedEvent.malformed(body, "no call").alone()
                : IdentifiedEvent.of(call + ":ended", "ended", call, body).alone();
    }

    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return Reply.EMPTY;
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        JsonNode told = Json.tree(event.body());
        String call = Json.text(told, "/call");
        return call == null
                ? null
                : CallEvent.of("ninth", call, Kind.REPORT, event.receivedAt())
                        .status(CallState.ENDED)
                        .times(new CallTimes(CallTimes.Moment.arrival(event.receivedAt()), null, null))
                        .build();
    }
}
