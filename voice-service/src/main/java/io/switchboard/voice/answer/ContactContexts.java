package io.switchboard.voice.answer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks crm-service who calls. An answer in time without it is worth more. */
@ApplicationScoped
class ContactContexts {
    private static final Logger LOG = Logger.getLogger(ContactContexts.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final String PATH = "/internal/contact-context?phone=";

    private final Peer peer;

    ContactContexts(Peer peer) {
        this.peer = peer;
    }

    /** Never fails. @param phone E.164; null for a withheld number */
    Uni<ContactContext> find(CallerContext caller, @Nullable String phone) {
        if (phone == null) {
            return Uni.createFrom().item(ContactContext.UNKNOWN);
        }
        var path = PATH + URLEncoder.encode(phone, StandardCharsets.UTF_8);
        var request = new PeerRequest(
                "crm-service", HttpMethod.GET, path, caller.orgId(), caller.requestId(), Map.of(), Buffer.buffer());
        return peer.send(request)
                .map(answer -> context(answer.bodyAsJsonObject()))
                .ifNoItem()
                .after(LONGEST_WAIT)
                .recoverWithItem(ContactContext.UNKNOWN)
                .onFailure()
                .invoke(failure -> LOG.debugf("A call is answered without its contact: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(ContactContext.UNKNOWN);
    }

    private static ContactContext context(@Nullable JsonObject answer) {
        return answer == null
                ? ContactContext.UNKNOWN
                : new ContactContext(
                        line(answer.getString("name")),
                        Boolean.TRUE.equals(answer.getBoolean("isBlocked")),
                        line(answer.getString("nextAppointment")),
                        answer.getInteger("openTickets"));
    }

    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : CleanText.line(text);
    }
}
