package io.switchboard.voice.provider.vapi;

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
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.HmacTemplate;
import io.switchboard.voice.signature.Option;
import io.switchboard.voice.signature.SecretForm;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Vapi: voice assistants on the phone and in the browser. */
@Singleton
public class Vapi implements Provider {
    private static final HmacTemplate TIMED = template("{timestamp}.{body}");
    private static final HmacTemplate UNTIMED = template("{body}");

    private static final List<Option> OPTIONS = Stream.concat(
                    HmacTemplate.OPTIONS.stream(), Stream.of(VapiRequest.TRANSFER_NUMBER))
            .toList();

    @Override
    public String name() {
        return "vapi";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        return HmacTemplate.refuseSecret(secret, options);
    }

    @Override
    public boolean isVoicePlatform() {
        return true;
    }

    @Override
    public boolean isUsual() {
        return true;
    }

    /**
     * By the signature if there is one, else by the shared secret in either of its headers. Only a signature with a
     * time can be too old.
     */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        EndpointOptions options = credentials.options();
        HmacTemplate timed = TIMED.with(options);
        if (timed.isUsed(delivery)) {
            boolean hasTime = delivery.header(timed.timestampHeader()) != null;
            return (hasTime ? timed : UNTIMED.with(options))
                    .verify(delivery, credentials, now)
                    .or(() -> isSharedSecret(delivery, timed, options, credentials));
        }
        String shared = sharedSecret(delivery);
        return shared == null ? Verdict.REFUSED : credentials.match(secret -> secret, Signature.utf8(shared));
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        return identify(delivery, EndpointOptions.NONE);
    }

    /** A message id counts only where the endpoint's options name its header. */
    @Override
    public List<IdentifiedEvent> identify(Delivery delivery, EndpointOptions options) {
        String header = options.text("messageIdHeader");
        String messageId = header == null ? null : delivery.header(header);
        return VapiNames.identify(delivery.body(), messageId, delivery.limits().events());
    }

    /** Vapi reads the answer only of messages that ask for something. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return Reply.JSON;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return VapiRequest.of(delivery, events, options);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return VapiAnswer.of(request, content);
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        var told = Json.tree(event.body());
        return new VapiMessage(event.isSettled() ? VapiLookup.message(told) : VapiNames.message(told), event)
                .callEvent();
    }

    /** A bearer credential's header and prefix are the user's choice, too. */
    private static Verdict isSharedSecret(
            Delivery delivery, HmacTemplate template, EndpointOptions options, Credentials credentials) {
        if (options.text("signatureHeader") == null) {
            return Verdict.REFUSED;
        }
        String given = String.valueOf(delivery.header(template.signatureHeader()));
        String prefix = template.prefix() == null ? "" : template.prefix();
        return given.startsWith(prefix)
                ? credentials.match(
                        secret -> secret,
                        Signature.utf8(given.substring(prefix.length()).strip()))
                : Verdict.REFUSED;
    }

    @Override
    public OutcomeLookup outcomes() {
        return VapiLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return VapiRecording::find;
    }

    @Override
    public AssistantUpdate assistantUpdate() {
        return new VapiUpdate();
    }

    private static @Nullable String sharedSecret(Delivery delivery) {
        String secret = delivery.header("X-Vapi-Secret");
        return secret == null ? delivery.bearerToken() : secret;
    }

    private static HmacTemplate template(String payloadFormat) {
        return new HmacTemplate("x-signature", "x-timestamp", "svix-id", null, null, payloadFormat, SecretForm.TEXT);
    }
}
