package io.switchboard.voice.provider.elevenlabs;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ElevenLabs Agents: voice agents on the phone and in the browser. It reports a conversation only after its end. A recording
 * of more than 5 MiB is answered 413, and ElevenLabs does not send it again: recordings are read by its API.
 */
@Singleton
public class ElevenLabs implements Provider {
    /** The time in seconds and the signature; signatures of later versions may follow. */
    private static final Pattern SIGNATURE = Pattern.compile("t=(\\d{1,12}),v0=([0-9a-f]{64})(?:,v[1-9]\\d?=[^,]*)*");

    private static final Duration PAST = Duration.ofMinutes(30);
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Begins the conversation as the agent is configured. */
    private static final Reply INITIATION = new Reply(
            "application/json", "{\"type\":\"conversation_initiation_client_data\",\"dynamic_variables\":{}}");

    @Override
    public String name() {
        return "elevenlabs";
    }

    @Override
    public boolean isVoicePlatform() {
        return true;
    }

    /**
     * By the signature, over the time and the body. ElevenLabs signs neither the start of a conversation nor an agent's
     * tools, so these two alone are accepted with the secret itself in a header.
     */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String signature = delivery.header("ElevenLabs-Signature");
        if (signature != null) {
            return signed(delivery, SIGNATURE.matcher(signature), credentials, now);
        }
        String shared = sharedSecret(delivery);
        if (shared == null) {
            return Verdict.REFUSED;
        }
        Verdict verdict = credentials.match(secret -> secret, Signature.utf8(shared));
        return verdict.isAccepted()
                ? verdict.onlyIf(ToolDelivery.tool(delivery) != null || ElevenLabsNames.isUnsigned(delivery.body()))
                : verdict;
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        return ElevenLabsNames.identify(delivery.body()).alone();
    }

    /** ElevenLabs reads the answer only at the start of a conversation, and of tools. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return events.stream().map(IdentifiedEvent::type).anyMatch(ElevenLabsNames.INITIATION::equals)
                ? INITIATION
                : Reply.JSON;
    }

    /** Null also for types that are not known: they may tell what must not be shown, such as unredacted transcripts. */
    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return ElevenLabsRequest.of(delivery, events);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return ElevenLabsAnswer.of(content);
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        return switch (event.type()) {
            case ElevenLabsNames.TRANSCRIPTION ->
                new ElevenLabsConversation(Json.tree(event.body()), event).callEvent();
            case RawEvent.SETTLED -> ElevenLabsLookup.callEvent(Json.tree(event.body()), event);
            case ElevenLabsNames.FAILURE -> new ElevenLabsFailure(Json.tree(event.body()), event).callEvent();
            case ElevenLabsNames.AUDIO, ElevenLabsNames.SPANS ->
                ElevenLabsSighting.callEvent(Json.tree(event.body()), event);
            default -> null;
        };
    }

    @Override
    public OutcomeLookup outcomes() {
        return ElevenLabsLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return ElevenLabsRecording::find;
    }

    @Override
    public AssistantUpdate assistantUpdate() {
        return new ElevenLabsUpdate();
    }

    private static Verdict signed(Delivery delivery, Matcher signature, Credentials credentials, Instant now) {
        if (!signature.matches() || !isRecent(Instant.ofEpochSecond(Long.parseLong(signature.group(1))), now)) {
            return Verdict.REFUSED;
        }
        byte[] time = Signature.utf8(signature.group(1) + ".");
        return credentials.match(
                secret -> Signature.hexHmac(secret, time, delivery.body()), Signature.utf8(signature.group(2)));
    }

    private static boolean isRecent(Instant signed, Instant now) {
        Duration age = Duration.between(signed, now);
        return age.compareTo(PAST) <= 0 && age.negated().compareTo(AHEAD) <= 0;
    }

    private static @Nullable String sharedSecret(Delivery delivery) {
        String secret = delivery.header("X-Switchboard-Secret");
        return secret == null ? delivery.bearerToken() : secret;
    }
}
