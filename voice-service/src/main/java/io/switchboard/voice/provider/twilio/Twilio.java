package io.switchboard.voice.provider.twilio;

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
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Twilio Voice: callbacks are forms, Event Streams are JSON. */
@Singleton
public class Twilio implements Provider {
    private static final Logger LOG = Logger.getLogger(Twilio.class);

    /** Twilio sometimes adds these after it signs, and sometimes signs them. */
    private static final Set<String> PERHAPS_UNSIGNED = Set.of("CallToken", "StirVerstat");

    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]*)(&|$)");

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public boolean accepts(String method) {
        return method.equals("POST") || method.equals("GET");
    }

    /** A delivery without a hash is signed field by field, so it is read as a form, whatever its media type. */
    @Override
    public int mostBytes(String url, @Nullable String contentType, DeliveryLimits limits) {
        return Form.isForm(contentType) || !BODY_HASH.matcher(url).find()
                ? limits.formBytes()
                : DeliveryLimits.MOST_BYTES;
    }

    /** Twilio signs no time: only event ids stop replays. */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String signature = delivery.header("X-Twilio-Signature");
        String algorithm = TwilioAlgorithm.of(delivery);
        if (signature == null || algorithm == null) {
            return Verdict.REFUSED;
        }
        Matcher hash = BODY_HASH.matcher(delivery.url());
        if (hash.find()) {
            return signed(delivery.url(), "", credentials, signature, algorithm)
                    .onlyIf(isBody(delivery.body(), hash.group(1)));
        }
        if (!delivery.isGet() && delivery.hasTooManyParameters()) {
            return Verdict.REFUSED; // its fields would be needed
        }
        Map<String, List<String>> params =
                delivery.isGet() ? Map.of() : Form.parse(delivery.body()).values();
        Verdict whole = signed(delivery.url(), concatenated(params, Set.of()), credentials, signature, algorithm);
        if (whole.isAccepted() || params.keySet().stream().noneMatch(PERHAPS_UNSIGNED::contains)) {
            return whole;
        }
        Verdict without =
                signed(delivery.url(), concatenated(params, PERHAPS_UNSIGNED), credentials, signature, algorithm);
        if (without.isAccepted()) {
            LOG.debugf("Twilio signed without %s", PERHAPS_UNSIGNED);
        }
        return without;
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        byte[] told = delivery.parameters();
        if (Json.isDocument(told)) {
            return TwilioEvents.identify(told, delivery.limits().events());
        }
        if (delivery.hasTooManyParameters()) {
            return IdentifiedEvent.malformed(
                            told, "The form has more than " + delivery.limits().formFields() + " fields.")
                    .alone();
        }
        return TwilioRequest.of(told)
                .identify(told, delivery.header("I-Twilio-Idempotency-Token"))
                .alone();
    }

    /** What is malformed may ask for TwiML, too. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return events.stream().anyMatch(event -> event.isMalformed() || TwilioRequest.Kind.asksForTwiml(event.type()))
                ? Reply.TWIML
                : Reply.EMPTY;
    }

    @Override
    public @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return TwilioRequest.answerRequest(delivery, events);
    }

    @Override
    public Reply answer(AnswerRequest request, AnswerContent content) {
        return request instanceof AnswerRequest.Assistant call ? TwilioAnswer.of(call, content) : reply(List.of());
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        if (event.isSettled()) {
            return new TwilioCallback(TwilioLookup.request(Json.tree(event.body())), event.receivedAt(), null)
                    .callEvent();
        }
        if (Json.isDocument(event.body())) {
            return TwilioEvents.callEvent(event);
        }
        return new TwilioCallback(TwilioRequest.of(event.body()), event.receivedAt(), null).callEvent();
    }

    @Override
    public OutcomeLookup outcomes() {
        return TwilioLookup::find;
    }

    @Override
    public RecordingLookup recordings() {
        return TwilioRecording::find;
    }

    private static Verdict signed(
            String url, String params, Credentials credentials, String signature, String algorithm) {
        byte[] given = Signature.utf8(signature.strip());
        byte[] signed = Signature.utf8(params);
        Verdict verdict = Verdict.REFUSED;
        for (String spelling : TwilioUrl.spellings(url)) {
            byte[] called = Signature.utf8(spelling);
            verdict = verdict.or(() -> credentials.match(
                    secret -> Base64.getEncoder().encode(Signature.hmac(algorithm, secret, called, signed)), given));
        }
        return verdict;
    }

    private static boolean isBody(byte[] body, String hash) {
        byte[] actual = Signature.utf8(Signature.hex(Signature.sha256(body)));
        return MessageDigest.isEqual(actual, Signature.utf8(hash.toLowerCase(Locale.ROOT)));
    }

    /** Sorted by name, each distinct value after its name, nothing between them. */
    private static String concatenated(Map<String, List<String>> params, Set<String> left) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(params).forEach((name, values) -> {
            if (!left.contains(name)) {
                new TreeSet<>(values).forEach(value -> text.append(name).append(value));
            }
        });
        return text.toString();
    }
}
