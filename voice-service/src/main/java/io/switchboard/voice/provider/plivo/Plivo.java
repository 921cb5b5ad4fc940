package io.switchboard.voice.provider.plivo;

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
import io.switchboard.voice.signature.DeliveryLimits;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plivo Voice: forms, or queries of GETs, signed with the account's auth token. */
@Singleton
public class Plivo implements Provider {
    @Override
    public String name() {
        return "plivo";
    }

    @Override
    public boolean accepts(String method) {
        return method.equals("POST") || method.equals("GET");
    }

    @Override
    public boolean omitsPlus() {
        return true;
    }

    /** Everything is read as a form, whatever its media type. */
    @Override
    public int mostBytes(String url, @Nullable String contentType, DeliveryLimits limits) {
        return limits.formBytes();
    }

    /** Plivo signs no time, and a retry has a nonce of its own: only event ids stop replays. */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        return delivery.hasTooManyParameters() ? Verdict.REFUSED : PlivoSignature.verify(delivery, credentials);
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        byte[] fields = delivery.parameters();
        return PlivoRequest.of(fields).identify(fields).alone();
    }

    /** An empty document, for Plivo reads the answers of some requests as XML and ignores the others. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return Reply.TWIML;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return PlivoRequest.answerRequest(delivery);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return request instanceof AnswerRequest.Assistant call ? PlivoAnswer.of(call, content) : reply(List.of());
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        PlivoRequest request =
                event.isSettled() ? PlivoLookup.request(Json.tree(event.body())) : PlivoRequest.of(event.body());
        return new PlivoCallback(request, event.receivedAt()).callEvent();
    }

    @Override
    public OutcomeLookup outcomes() {
        return PlivoLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return PlivoRecording::find;
    }
}
