package io.switchboard.voice.provider.retell;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.AssistantUpdate;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.OutcomeLookup;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.RecordingLookup;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.provider.ToolDelivery;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Retell AI: voice agents on the phone and in the browser. */
@Singleton
public class Retell implements Provider {
    /** The time in milliseconds and the signature. Retell writes nothing else, nor the two in another order. */
    private static final Pattern SIGNATURE = Pattern.compile("v=(\\d{1,15}),d=([0-9a-f]{64})");

    /** Leaves the call to the agent of its number. */
    private static final Reply INBOUND = new Reply("application/json", "{\"call_inbound\":{}}");

    @Override
    public String name() {
        return "retell";
    }

    @Override
    public boolean isVoicePlatform() {
        return true;
    }

    /** By the API key, over the body and the time. */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        Matcher signature = signature(delivery);
        if (!signature.matches()
                || !Signature.isRecent(Instant.ofEpochMilli(Long.parseLong(signature.group(1))), now)) {
            return Verdict.REFUSED;
        }
        byte[] time = Signature.utf8(signature.group(1));
        return credentials.match(
                key -> Signature.hexHmac(key, delivery.body(), time), Signature.utf8(signature.group(2)));
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        Matcher signature = signature(delivery);
        return RetellNames.identify(delivery.body(), signature.matches() ? signature.group(1) : null)
                .alone();
    }

    /** Retell reads the answer only of inbound calls and functions. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return events.stream().map(IdentifiedEvent::type).anyMatch(RetellNames.INBOUND::equals) ? INBOUND : Reply.JSON;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return RetellRequest.of(delivery, events);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return request instanceof AnswerRequest.Tools ? ToolDelivery.reply(content) : RetellAnswer.of(content);
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        var told = Json.tree(event.body());
        return new RetellEvent(event.isSettled() ? RetellLookup.event(told) : told, event).callEvent();
    }

    @Override
    public OutcomeLookup outcomes() {
        return RetellLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return RetellRecording::find;
    }

    @Override
    public AssistantUpdate assistantUpdate() {
        return new RetellUpdate();
    }

    private static Matcher signature(Delivery delivery) {
        String header = delivery.header("x-retell-signature");
        return SIGNATURE.matcher(header == null ? "" : header);
    }
}
