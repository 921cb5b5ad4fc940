package io.switchboard.voice.provider.vonage;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.OutcomeLookup;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.RecordingLookup;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vonage Voice: events are JSON, answer requests come as a query or as JSON. */
@Singleton
public class Vonage implements Provider {
    @Override
    public String name() {
        return "vonage";
    }

    @Override
    public boolean accepts(String method) {
        return method.equals("POST") || method.equals("GET");
    }

    @Override
    public boolean omitsPlus() {
        return true;
    }

    /** Vonage leaves the token out after an internal error, and sends a signed delivery if it is asked to come again. */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String authorization = delivery.header("Authorization");
        if (authorization == null) {
            return Verdict.RETRY;
        }
        VonageToken token = VonageToken.of(authorization);
        return token == null ? Verdict.REFUSED : token.verify(delivery, credentials, now);
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        return VonageRequest.identify(delivery).alone();
    }

    /** Only the answer request is for actions, and perhaps what is malformed; without any the call ends. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return events.stream().anyMatch(event -> event.isMalformed() || VonageRequest.asksForActions(event))
                ? VonageRequest.NO_ACTIONS
                : Reply.EMPTY;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return VonageRequest.answerRequest(delivery, events);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return request instanceof AnswerRequest.Assistant call ? VonageAnswer.of(call, content) : reply(List.of());
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        if (event.isSettled()) {
            return VonageLookup.callEvent(Json.tree(event.body()), event);
        }
        return new VonageEvent(VonageRequest.tree(event.body()), event).callEvent();
    }

    @Override
    public OutcomeLookup outcomes() {
        return VonageLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return VonageRecording::find;
    }
}
