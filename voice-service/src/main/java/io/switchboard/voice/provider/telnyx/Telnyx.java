package io.switchboard.voice.provider.telnyx;

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
import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx: events of call control are JSON, callbacks of TeXML are forms. Only POSTs are accepted, since the signature covers
 * the body and not the URL. The secret of an endpoint is Telnyx's public key.
 */
@Singleton
public class Telnyx implements Provider {
    private static final int SIGNATURE_BYTES = 64;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,11}");

    @Override
    public String name() {
        return "telnyx";
    }

    @Override
    public int mostBytes(String url, @Nullable String contentType, DeliveryLimits limits) {
        return Form.isForm(contentType) ? limits.formBytes() : DeliveryLimits.MOST_BYTES;
    }

    @Override
    public @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        return secret != null && TelnyxPublicKey.isKey(secret)
                ? null
                : "is the public key from Telnyx's portal: 32 bytes in Base64";
    }

    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        byte[] signature = signature(delivery.header("telnyx-signature-ed25519"));
        String timestamp = delivery.header("telnyx-timestamp");
        if (signature == null || timestamp == null || !isRecent(timestamp, now)) {
            return Verdict.REFUSED;
        }
        byte[] before = Signature.utf8(timestamp + "|");
        return credentials.match(secret -> TelnyxPublicKey.verifies(secret, signature, before, delivery.body()));
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        byte[] body = delivery.body();
        if (Json.isDocument(body)) {
            return TelnyxNames.identify(body).alone();
        }
        IdentifiedEvent event = delivery.hasTooManyParameters()
                ? IdentifiedEvent.malformed(
                        body, "The form has more than " + delivery.limits().formFields() + " fields.")
                : TexmlRequest.of(body).identify(body);
        return event.alone();
    }

    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return events.stream().map(IdentifiedEvent::type).anyMatch(TexmlRequest.Kind::asksForTexml)
                ? Reply.TWIML
                : Reply.EMPTY;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return TelnyxAnswer.request(delivery, events);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return TelnyxAnswer.of(content);
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        if (event.isSettled()) {
            return TelnyxLookup.callEvent(Json.tree(event.body()), event);
        }
        return Json.isDocument(event.body())
                ? TelnyxEvent.of(event).callEvent()
                : new TexmlCallback(TexmlRequest.of(event.body()), event.receivedAt()).callEvent();
    }

    @Override
    public OutcomeLookup outcomes() {
        return TelnyxLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return TelnyxRecording::find;
    }

    /** Null unless it is written the one way that Telnyx writes it. */
    private static byte @Nullable [] signature(@Nullable String header) {
        try {
            String given = header == null ? "" : header.strip();
            byte[] signature = Base64.getDecoder().decode(given);
            boolean plain = signature.length == SIGNATURE_BYTES
                    && Base64.getEncoder().encodeToString(signature).equals(given);
            return plain ? signature : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static boolean isRecent(String timestamp, Instant now) {
        return SECONDS.matcher(timestamp).matches()
                && Signature.isRecent(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
    }
}
