package io.switchboard.voice.webhook;

import java.time.Instant;
import java.util.ArrayList;
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

/** Twilio Voice: calls over the telephone network, told in forms; and its Event Streams, told in JSON. */
final class Twilio implements Provider {
    private static final Logger LOG = Logger.getLogger(Twilio.class);

    /** Some say that Twilio adds these after it has signed; others sign them. */
    private static final Set<String> PERHAPS_UNSIGNED = Set.of("CallToken", "StirVerstat");

    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]*)(&|$)");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#]*?)(:\\d+)?([/?#].*)?");

    @Override
    public String name() {
        return "twilio";
    }

    /** Twilio signs no time: only the names of events keep a delivery from being played again. */
    @Override
    public boolean verifies(Delivery delivery, List<byte[]> secrets, Instant now) {
        String signature = delivery.header("X-Twilio-Signature");
        if (signature == null) {
            return false;
        }
        Matcher hash = BODY_HASH.matcher(delivery.url());
        if (hash.find()) {
            return isBody(delivery.body(), hash.group(1)) && isSigned(delivery.url(), "", secrets, signature);
        }
        Map<String, List<String>> params =
                delivery.isGet() ? Map.of() : Form.parse(delivery.body()).values();
        if (isSigned(delivery.url(), concatenated(params, Set.of()), secrets, signature)) {
            return true;
        }
        boolean without = params.keySet().stream().anyMatch(PERHAPS_UNSIGNED::contains)
                && isSigned(delivery.url(), concatenated(params, PERHAPS_UNSIGNED), secrets, signature);
        if (without) {
            LOG.debugf("Twilio signed without %s", PERHAPS_UNSIGNED);
        }
        return without;
    }

    @Override
    public List<Notice> notices(Delivery delivery) {
        byte[] told = delivery.isGet() ? Signature.utf8(delivery.query()) : delivery.body();
        return TwilioEvents.isJson(told)
                ? TwilioEvents.notices(told)
                : TwilioRequest.of(told)
                        .notice(told, delivery.header("I-Twilio-Idempotency-Token"))
                        .alone();
    }

    @Override
    public Reply reply(List<Notice> notices) {
        return notices.stream().map(Notice::type).anyMatch(TwilioRequest.Kind::asksForTwiml)
                ? Reply.TWIML
                : Reply.EMPTY;
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        if (TwilioEvents.isJson(event.body())) {
            return TwilioEvents.callEvent(event);
        }
        return new TwilioCallback(TwilioRequest.of(event.body()), event.receivedAt(), null).callEvent();
    }

    /** Twilio may have seen the URL with its port or without; either may be what it signed. */
    private static boolean isSigned(String url, String params, List<byte[]> secrets, String signature) {
        byte[] given = Signature.utf8(signature.strip());
        for (String form : formsOf(url)) {
            byte[] signed = Signature.utf8(form + params);
            if (Signature.matches(
                    secrets, secret -> Base64.getEncoder().encode(Signature.hmac("HmacSHA1", secret, signed)), given)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBody(byte[] body, String hash) {
        byte[] actual = Signature.utf8(Signature.hex(Signature.sha256(body)));
        return Signature.matches(List.of(actual), bytes -> bytes, Signature.utf8(hash.toLowerCase(Locale.ROOT)));
    }

    private static List<String> formsOf(String url) {
        List<String> forms = new ArrayList<>(List.of(url));
        Matcher origin = ORIGIN.matcher(url);
        if (origin.matches()) {
            String port = origin.group(3) != null ? "" : origin.group(1).equals("https") ? ":443" : ":80";
            String rest = origin.group(4) == null ? "" : origin.group(4);
            forms.add(origin.group(1) + "://" + origin.group(2) + port + rest);
        }
        return forms;
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
