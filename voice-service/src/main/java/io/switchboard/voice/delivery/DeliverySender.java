package io.switchboard.voice.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outgoing.OutgoingAnswer;
import io.switchboard.kit.outgoing.OutgoingFailure;
import io.switchboard.kit.outgoing.OutgoingHttp;
import io.switchboard.kit.outgoing.OutgoingRequest;
import io.switchboard.kit.outgoing.OutgoingUrls;
import io.switchboard.kit.outgoing.UrlRefused;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends one delivery, signed, and says what came of it. */
@ApplicationScoped
class DeliverySender {
    private static final Logger LOG = Logger.getLogger(DeliverySender.class);
    private static final String SECRETS = "webhook_subscriptions";
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int MOST_READ = 4_096;
    private static final int LONGEST_EXCERPT = 500;
    private static final Set<Integer> ASK_TO_WAIT = Set.of(429, 503);

    private final OutgoingUrls urls;
    private final OutgoingHttp http;
    private final RowCipher cipher;

    DeliverySender(OutgoingUrls urls, OutgoingHttp http, RowCipher cipher) {
        this.urls = urls;
        this.http = http;
        this.cipher = cipher;
    }

    /** Never fails: a failure is a result, too. */
    Uni<DeliveryResult> send(ClaimedDelivery delivery) {
        long began = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> http.send(delivery.orgId(), request(delivery)))
                .map(answer -> result(answer, since(began)))
                .onFailure()
                .recoverWithItem(failure -> DeliveryResult.unanswered(reason(delivery, failure), since(began)));
    }

    private OutgoingRequest request(ClaimedDelivery delivery) {
        var body = delivery.body().getBytes(UTF_8);
        return new OutgoingRequest(
                HttpMethod.POST,
                urls.of(delivery.url()),
                headers(delivery, body, Instant.now().getEpochSecond()),
                Buffer.buffer(body),
                WITHIN,
                MOST_READ);
    }

    private Map<String, String> headers(ClaimedDelivery delivery, byte[] body, long seconds) {
        var id = delivery.eventId().toString();
        var signature = WebhookSignature.of(open(delivery, delivery.secret()), id, seconds, body);
        var previous = delivery.previousSecret();
        return Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Switchboard",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                previous == null
                        ? signature
                        : signature + " " + WebhookSignature.of(open(delivery, previous), id, seconds, body));
    }

    private String open(ClaimedDelivery delivery, byte[] sealed) {
        return new String(cipher.open(sealed, delivery.orgId(), SECRETS, delivery.subscriptionId()), UTF_8);
    }

    private static DeliveryResult result(OutgoingAnswer answer, Duration took) {
        int status = answer.status();
        var retryAfter =
                ASK_TO_WAIT.contains(status) ? RetryAfter.of(answer.headers().get("retry-after"), Instant.now()) : null;
        return new DeliveryResult(status, excerpt(answer.body()), failure(status), retryAfter, took);
    }

    private static @Nullable String failure(int status) {
        return switch (status / 100) {
            case 2 -> null;
            case 3 -> "It answered " + status + ": redirects are not followed.";
            default -> "It answered " + status + ".";
        };
    }

    private static String excerpt(Buffer body) {
        return CleanText.cut(CleanText.of(body.toString(UTF_8)), LONGEST_EXCERPT);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String reason(ClaimedDelivery delivery, Throwable failure) {
        if (failure instanceof OutgoingFailure || failure instanceof UrlRefused) {
            return CleanText.line(failure.getMessage());
        }
        LOG.errorf(failure, "Delivery %s could not be sent", delivery.id());
        return "It could not be sent.";
    }
}
